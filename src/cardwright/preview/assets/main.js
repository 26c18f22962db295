// Views, themes, keys, and news from a server; begins the work.

const DRAWN = { overview: drawOverview, cards: drawCards, documents: drawDocuments };

function drawView() {
  for (const name of VIEWS) byId(`view-${name}`).hidden = name !== state.view;
  document.body.dataset.view = state.view;
  for (const link of document.querySelectorAll("[data-view]")) {
    if (link.dataset.view === state.view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  DRAWN[state.view]();
  drawProblems();
}

function drawAll() {
  prepare();
  dress();
  byId("count-cards").textContent = data.cards.length;
  byId("count-documents").textContent = data.documents.length;
  drawView();
}

// Day and night: as the system says, until a person says otherwise.
const dark = matchMedia("(prefers-color-scheme: dark)");
let theme = "";

const isNight = () => (theme ? theme === "night" : dark.matches);

function drawTheme() {
  document.documentElement.classList.toggle("night", isNight());
  byId("theme").textContent = isNight() ? "Day" : "Night";
  byId("theme").setAttribute("aria-label", isNight() ? "Switch to day colours" : "Switch to night colours");
  face.querySelector(".card")?.classList.toggle("nightMode", isNight());
}

function switchTheme() {
  theme = isNight() ? "day" : "night";
  try {
    localStorage.setItem("cardwright-theme", theme);
  } catch {
    // A page from disk may not be allowed to remember anything.
  }
  drawTheme();
}

function rememberTheme() {
  try {
    theme = localStorage.getItem("cardwright-theme") ?? "";
  } catch {
    theme = "";
  }
}

const isWriting = (target) => target.closest?.("input, textarea, select") || target.isContentEditable;
const isPressing = (target) => target.closest?.("button, a, summary");

const KEYS = {
  " ": flip,
  ArrowLeft: () => goTo(at - 1),
  ArrowRight: () => goTo(at + 1),
  c: () => byId("place")?.click(),
  d: () => byId("facts").querySelector(".origin")?.click(),
};

function pressed(event) {
  const target = event.composedPath()[0];
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
  if (target instanceof Element && isWriting(target)) {
    if (event.key === "Escape") target.blur();
    return;
  }
  if (event.key === "n") switchTheme();
  else if (event.key === "?") byId("help").showModal();
  else if (event.key === "/") {
    event.preventDefault();
    if (state.view !== "cards") location.hash = address("cards");
    requestAnimationFrame(() => byId("search").focus());
  } else if (state.view === "cards" && event.key in KEYS) {
    if (event.key === " " && target instanceof Element && isPressing(target)) return;
    event.preventDefault();
    KEYS[event.key]();
  }
}

// A served page hears of each save. What is on the screen keeps its place: the state is in the address.
function listenToServer() {
  let mark = document.documentElement.dataset.live;
  if (!mark) return;
  const events = new EventSource("events");
  events.addEventListener("message", async (event) => {
    if (event.data === mark) return;
    const answer = await fetch("data");
    const fresh = await answer.json();
    mark = answer.headers.get("ETag")?.replaceAll('"', "");
    data = fresh;
    const top = scrollY;
    const focused = document.activeElement?.id;
    drawAll();
    scrollTo({ top });
    if (focused) byId(focused)?.focus({ preventScroll: true });
  });
}

rememberTheme();
listenCards();
listenDocuments();
dark.addEventListener("change", drawTheme);
byId("theme").addEventListener("click", switchTheme);
byId("keys").addEventListener("click", () => byId("help").showModal());
byId("close").addEventListener("click", () => byId("help").close());
byId("skip").addEventListener("click", (event) => {
  event.preventDefault();
  byId("main").focus();
});
addEventListener("keydown", pressed);
addEventListener("hashchange", () => {
  state = readState();
  turned = false;
  drawView();
  if (state.view !== "documents" || !state.values.passage) scrollTo({ top: 0 });
});
addEventListener("resize", () => state.view === "cards" && drawList());
drawTheme();
drawAll();
listenToServer();
