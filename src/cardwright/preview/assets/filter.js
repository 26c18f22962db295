// Which review cards are shown: one row for each, its words in small letters, and what a person asked for.

let rows = [];
let places = new Map(); // a card's number, by its id
let chosen = []; // numbers of the rows that are shown

const ANY = "";
const BY_HAND = "(by hand)";

function prepare() {
  rows = [];
  places = new Map();
  data.cards.forEach((card, number) => {
    places.set(card.id, number);
    const shared = [card.answer, card.extra ?? "", card.id, (card.tags ?? []).join(" ")].join("\n");
    for (const review of card.reviews) rows.push({ card, review, text: `${review.asks}\n${shared}`.toLowerCase() });
  });
}

// What `show` offers, with the test for each.
const SHOWN = {
  drafts: ["drafts", (card) => card.draft],
  released: ["all but drafts", (card) => !card.draft],
  conflicts: ["with news from their document", (card) => card.conflict],
  stale: ["that no document says any more", (card) => card.stale],
  findings: ["with findings", (card) => card.findings],
};

const rulesOf = (card) => card.rules ?? [BY_HAND];
const codesOf = (card) => (card.findings ?? []).map((each) => each.code);
const inDeck = (card, deck) => card.deck === deck || card.deck.startsWith(`${deck}::`);

const FACETS = {
  tag: (card) => card.tags ?? [],
  document: (card) => card.documents ?? [],
  rule: rulesOf,
  finding: codesOf,
};

function choose() {
  const { values } = state;
  const words = (values.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const facets = Object.entries(FACETS).filter(([name]) => values[name]);
  const test = SHOWN[values.show]?.[1];
  chosen = [];
  rows.forEach((row, number) => {
    const { card } = row;
    if (values.deck && !inDeck(card, values.deck)) return;
    if (test && !test(card)) return;
    if (!facets.every(([name, of]) => of(card).includes(values[name]))) return;
    if (words.every((word) => row.text.includes(word))) chosen.push(number);
  });
}

const FILTERS = ["deck", "show", "tag", "document", "rule", "finding"];

function fillSelect(id, entries, every) {
  const select = byId(id);
  const wanted = state.values[id] ?? ANY;
  select.replaceChildren(
    make("option", { value: ANY }, every),
    ...entries.map(([value, text]) => make("option", { value }, text)),
  );
  if (wanted && !entries.some(([value]) => value === wanted)) {
    select.append(make("option", { value: wanted }, `${wanted} (0)`));
  }
  select.value = wanted;
}

function fillFilters() {
  const shown = Object.entries(SHOWN).map(([name, [text, test]]) => [name, text, rows.filter((row) => test(row.card)).length]);
  fillSelect(
    "show",
    shown.filter(([, , number]) => number).map(([name, text, number]) => [name, `${text} (${number})`]),
    "all cards",
  );
  for (const [name, of] of Object.entries(FACETS)) {
    const counted = [...count(rows.flatMap((row) => [...new Set(of(row.card))]))];
    counted.sort((one, other) => one[0].localeCompare(other[0]));
    fillSelect(name, counted.map(([value, number]) => [value, `${value} (${number})`]), "any");
    byId(name).closest("label").hidden = !counted.length && !state.values[name];
  }
  drawDecks();
}

// The tree of decks as nested lists; a parent counts what is below it.
function drawDecks() {
  const tree = new Map();
  for (const { card } of rows) {
    let level = tree;
    let path = "";
    for (const part of card.deck.split("::")) {
      path = path ? `${path}::${part}` : part;
      if (!level.has(part)) level.set(part, { path, number: 0, below: new Map() });
      const node = level.get(part);
      node.number += 1;
      level = node.below;
    }
  }
  byId("decks").replaceChildren(...deckItems(tree));
}

function deckItems(level) {
  return [...level].map(([name, node]) => {
    const pressed = state.values.deck === node.path;
    const button = make(
      "button",
      { type: "button", "aria-pressed": String(pressed), "data-deck": node.path },
      make("span", {}, name),
      make("span", { class: "count" }, String(node.number)),
    );
    const item = make("li", {}, button);
    if (node.below.size) item.append(make("ul", {}, ...deckItems(node.below)));
    return item;
  });
}
