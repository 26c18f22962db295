// The view of documents: each in its own order, every passage with what became of it, and beside it the whole story.

const FATES = {
  card: "on a card",
  draft: "on a draft",
  proposed: "proposed",
  deleted: "deleted by hand",
  nothing: "nothing",
};

const ASIDES = {
  chrome: "page chrome",
  residue: "residue",
  editorial: "editor’s aside",
  advert: "advert",
  notice: "notice",
  damaged: "damaged",
  skipped: "skipped",
};

const asideName = (why) => ASIDES[why] ?? why;

let reading = 0; // the number of the document that is shown
let pinned = -1; // the passage whose story stays

function drawDocuments() {
  const wanted = data.documents.findIndex((each) => each.name === state.values.name);
  reading = Math.max(0, wanted);
  const document = data.documents[reading];
  byId("shelf").replaceChildren(...data.documents.map(shelved));
  if (!document) {
    byId("reading").replaceChildren(make("p", { class: "quiet" }, "There are no documents yet."));
    byId("panel").replaceChildren();
    return;
  }
  byId("reading").replaceChildren(...article(document));
  pinned = -1;
  const passage = Number(state.values.passage ?? -1);
  if (document.passages[passage]) {
    tell(passage);
    requestAnimationFrame(() => blockOf(passage)?.scrollIntoView({ block: "center" }));
  } else drawLegend(document);
}

const blockOf = (passage) => byId("reading").querySelector(`[data-passage="${passage}"]`);

function shareOf(document) {
  const fates = count(document.passages.map((each) => each.fate));
  return { fates, whole: document.passages.length, on: fates.get("card") ?? 0 };
}

function shelved(document, number) {
  const { on, whole } = shareOf(document);
  const link = make(
    "a",
    { href: address("documents", { name: document.name }), "aria-current": number === reading ? "page" : false },
    make("span", { class: "name" }, document.name),
    make("span", { class: "count" }, `${percent(on, whole)} %`),
    bar(percent(on, whole)),
  );
  return make("li", {}, link);
}

function article(document) {
  const { on, whole } = shareOf(document);
  return [
    make("h2", { id: "document-title" }, document.title),
    make("p", { class: "quiet" }, make("code", {}, document.place)),
    make("p", { class: "share" }, `${on} of ${several(whole, "passage")} on cards (${percent(on, whole)} %)`),
    bar(percent(on, whole), "wide"),
    ...document.blocks.flatMap((block, place) => {
      const said = block.level === 1 && block.words.map(([text]) => text).join("") === document.title;
      return said ? [] : [blockElement(document, block, isFirst(document, place))];
    }),
  ];
}

// Of blocks in a row that are one passage, as a key and its value, the first one carries the word.
const isFirst = ({ blocks }, place) => {
  const before = blocks[place - 1]?.passages ?? [];
  return !blocks[place].passages?.every((each) => before.includes(each));
};

// The best of what became of a block's passages.
function fateOf(document, block) {
  const fates = block.passages?.map((each) => document.passages[each].fate) ?? [];
  return Object.keys(FATES).find((each) => fates.includes(each));
}

function blockElement(document, block, first) {
  const heading = /^h[1-6]$/.test(block.tag);
  const level = block.level ?? 0;
  if (heading) {
    const title = make(`h${Math.min(Math.max(level + 1, 3), 6)}`, { class: block.aside ? "of-aside" : "" }, ...words(block));
    if (block.share) title.append(" ", make("span", { class: "count" }, `${block.share[0]} of ${block.share[1]}`));
    return title;
  }
  const fate = fateOf(document, block);
  const kind = block.aside ? "aside" : fate ?? "plain";
  const made = make("div", { class: `block is-${kind} tag-${block.tag} level-${Math.min(level, 3)}` });
  if (fate) made.dataset.passage = block.passages[0];
  const mark = block.tag === "li" ? (block.number ? `${block.number}.` : "•") : "";
  made.append(make("div", { class: "words", dir: "auto" }, mark ? make("span", { class: "mark" }, mark) : "", make("span", {}, ...words(block))));
  if (block.aside || first) made.append(label(document, block, kind));
  return made;
}

function words(block) {
  return block.words.flatMap(([text, mark = ""]) => {
    if (mark === "cell") return [make("span", { class: "cell" }), text];
    if (mark.startsWith("aside:")) return make("span", { class: "within" }, text, make("span", { class: "why" }, ` [${asideName(mark.slice(6))}]`));
    return mark ? make(mark, {}, text) : text;
  });
}

// The word beside a passage: a link where there is one card to go to, else a button that tells the story.
function label(document, block, kind) {
  if (block.aside) return make("span", { class: "fate" }, asideName(block.aside));
  if (!block.passages?.length) return "";
  const number = block.passages[0];
  const links = block.passages.flatMap((each) => document.passages[each].links ?? []);
  const cards = links.filter((each) => each.card && each.fate !== "mentioned");
  const question = cards.length ? asksOf(cards[0]) : "";
  if (cards.length === 1) {
    return make("a", { class: "fate", href: address("cards", { id: cards[0].card }), "data-of": number, "aria-label": `${kind}: ${question}` }, kind);
  }
  const text = cards.length ? several(cards.length, "card") : kind;
  return make("button", { type: "button", class: "fate", "data-of": number, "aria-label": `${text}, line ${block.line}` }, text);
}

function asksOf(link) {
  const card = data.cards[places.get(link.card)];
  return card ? card.reviews[0]?.asks ?? link.card : link.text ?? link.card;
}

// The story of a passage: its cards, and the rules that looked at it.
function tell(number, stays = false) {
  const document = data.documents[reading];
  if (!document?.passages[number]) return;
  if (stays) pinned = number;
  for (const each of byId("reading").querySelectorAll(".told")) each.classList.remove("told");
  blockOf(number)?.classList.add("told");
  const block = document.blocks.find((each) => each.passages?.includes(number));
  const passages = (block?.passages ?? [number]).map((each) => document.passages[each]);
  const links = passages.flatMap((each) => each.links ?? []);
  const looked = passages.flatMap((each) => each.looked ?? []);
  byId("panel").classList.add("open");
  byId("panel").replaceChildren(
    make("button", { type: "button", class: "close", "aria-label": "Close", onclick: untell }, "×"),
    make("h3", {}, `Line ${passages[0].line}`),
    links.length
      ? make("ul", { class: "links" }, ...links.map(linkItem))
      : make("p", {}, looked.length ? "No card came of this passage." : "No card came of this passage, and no rule came near it."),
    ...(looked.length ? [make("h4", {}, "Rules that looked"), make("ul", { class: "looked" }, ...grouped(looked).map(lookedItem))] : []),
  );
}

function linkItem(link) {
  const how = link.fate === "mentioned" ? "mentioned by" : link.fate;
  const text = asksOf(link);
  return make("li", {}, make("span", { class: `badge ${link.fate}` }, how), " ", link.card ? make("a", { href: address("cards", { id: link.card }) }, text) : text);
}

const HOW = { caught: "+ caught it:", lost: "− lost it:", near: "~ came near:" };

// Rules that stopped at the same thing are told of together.
function grouped(looked) {
  const groups = new Map();
  for (const { rule, how, why = "" } of looked) {
    const key = `${how} ${why}`;
    if (!groups.has(key)) groups.set(key, { how, why, rules: [] });
    groups.get(key).rules.push(rule);
  }
  return [...groups.values()];
}

function lookedItem({ how, why, rules }) {
  const names = rules.flatMap((rule, place) => {
    const known = rows.some((row) => row.card.rules?.includes(rule));
    return [place ? ", " : " ", known ? make("a", { href: address("cards", { rule }) }, rule) : rule];
  });
  return make("li", {}, make("span", { class: "how" }, HOW[how]), ...names, why ? make("span", { class: "quiet" }, `: ${why}`) : "");
}

function untell() {
  const was = pinned;
  pinned = -1;
  byId("panel").classList.remove("open");
  for (const each of byId("reading").querySelectorAll(".told")) each.classList.remove("told");
  drawLegend(data.documents[reading]);
  byId("reading").querySelector(`[data-of="${was}"]`)?.focus({ preventScroll: true });
}

// With no passage chosen, the panel says what the shades mean, and how much there is of each.
function drawLegend(document) {
  const { fates } = shareOf(document);
  const asides = count(document.blocks.filter((each) => each.aside).map((each) => asideName(each.aside)));
  const line = (kind, text, number) => make("li", { class: `block is-${kind}` }, make("span", {}, text), make("span", { class: "count" }, String(number)));
  byId("panel").replaceChildren(
    make("h3", {}, "What became of it"),
    make(
      "ul",
      { class: "legend" },
      ...Object.entries(FATES).filter(([fate]) => fates.get(fate)).map(([fate, text]) => line(fate, text, fates.get(fate))),
      ...[...asides].map(([name, number]) => line("aside", `${name}: no rule sees it`, number)),
    ),
    make("p", { class: "quiet" }, "Point at a passage, or tap it, to see its cards and the rules that looked at it."),
  );
}

function listenDocuments() {
  const article = byId("reading");
  const numberOf = (target) => {
    const block = target instanceof Element ? target.closest("[data-passage]") : null;
    return block ? Number(block.dataset.passage) : -1;
  };
  article.addEventListener("pointerover", (event) => {
    const number = numberOf(event.target);
    if (event.pointerType === "mouse" && number >= 0 && pinned < 0) tell(number);
  });
  article.addEventListener("focusin", (event) => {
    const number = numberOf(event.target);
    if (number >= 0 && event.target.matches(":focus-visible")) tell(number);
  });
  // A click goes to the card where there is one; of several, and with a finger, the story is shown first.
  article.addEventListener("click", (event) => {
    const number = numberOf(event.target);
    if (number < 0 || getSelection().toString()) return;
    const link = blockOf(number)?.querySelector("a.fate");
    const goes = event.pointerType === "mouse" && link;
    if (event.target.closest("a")) {
      if (event.pointerType !== "touch" || pinned === number) return;
      event.preventDefault();
    } else if (goes) {
      link.click();
      return;
    }
    tell(number, true);
  });
  byId("view-documents").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && byId("panel").classList.contains("open")) untell();
  });
}
