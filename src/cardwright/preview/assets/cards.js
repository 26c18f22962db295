// The view of cards: search, filters, list and stage together.

const cardsTitle = () => {
  const number = chosen.length;
  const all = rows.length;
  return number === all ? several(all, "review card") : `${number} of ${several(all, "review card")}`;
};

function drawCards() {
  const search = byId("search");
  if (search.value !== (state.values.q ?? "")) search.value = state.values.q ?? "";
  fillFilters();
  refilter();
}

// Finds the rows again; the card on the stage stays there if it is among them.
function refilter() {
  choose();
  const { id, review = "" } = state.values;
  const wanted = chosen.findIndex((row) => rows[row].card.id === id && (!review || rows[row].review.name === review));
  at = wanted >= 0 ? wanted : chosen.length ? 0 : -1;
  const active = FILTERS.filter((name) => state.values[name]).length;
  byId("filtered").textContent = active ? `${active} on` : "";
  byId("clear").disabled = !active && !state.values.q;
  byId("found").textContent = cardsTitle();
  drawList(); // so that the list is as high as its rows
  if (at >= 0) reveal(at);
  drawList();
  drawStage();
}

function goTo(place) {
  if (place < 0 || place >= chosen.length) return;
  at = place;
  turned = false;
  typed = "";
  const { card, review } = rows[chosen[at]];
  settle({ id: card.id, review: card.reviews.length > 1 ? review.name : "" });
  reveal(at);
  drawList();
  drawStage();
  byId("told").textContent = `Card ${at + 1} of ${chosen.length}: ${review.asks}`;
}

function filterBy(values) {
  settle(values);
  turned = false;
  byId("list").scrollTop = 0;
  fillFilters();
  refilter();
}

function listenCards() {
  byId("filters").open = matchMedia("(min-width: 1100px)").matches;
  byId("search").addEventListener("input", (event) => {
    settle({ q: event.target.value });
    turned = false;
    refilter();
  });
  for (const name of ["show", ...Object.keys(FACETS)]) {
    byId(name).addEventListener("change", (event) => filterBy({ [name]: event.target.value }));
  }
  byId("decks").addEventListener("click", (event) => {
    const deck = event.target.closest("button")?.dataset.deck;
    if (deck === undefined) return;
    filterBy({ deck: state.values.deck === deck ? "" : deck });
    byId("decks").querySelector(`[data-deck="${CSS.escape(deck)}"]`)?.focus();
  });
  byId("clear").addEventListener("click", () => {
    byId("search").value = "";
    filterBy(Object.fromEntries(["q", ...FILTERS].map((name) => [name, ""])));
    byId("search").focus();
  });
  const list = byId("list");
  list.addEventListener("scroll", () => requestAnimationFrame(drawList), { passive: true });
  list.addEventListener("click", (event) => {
    const row = event.target.closest(".row");
    if (row) goTo(Number(row.dataset.place));
  });
  list.addEventListener("keydown", (event) => {
    const page = Math.max(1, Math.floor(list.clientHeight / ROW) - 1);
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: chosen.length - 1, PageDown: at + page, PageUp: at - page };
    if (!(event.key in steps)) return;
    event.preventDefault();
    goTo(Math.min(Math.max(steps[event.key], 0), chosen.length - 1));
  });
  byId("flip").addEventListener("click", flip);
  byId("previous").addEventListener("click", () => goTo(at - 1));
  byId("next").addEventListener("click", () => goTo(at + 1));
  byId("frame").addEventListener("click", (event) => {
    const inside = event.composedPath()[0];
    if (inside instanceof Element && inside.closest("a, input, pre")) return;
    if (!getSelection().toString()) flip();
  });
}
