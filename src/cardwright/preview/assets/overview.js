// The first view: how many cards of what, where from, how long their answers are, what was found. Each chart is a table.

const LENGTHS = [[1, 3], [4, 8], [9, 15], [16, 25], [26, 40], [41, Infinity]];

function drawOverview() {
  const cards = data.cards;
  const drafts = cards.filter((card) => card.draft).length;
  const passages = data.documents.flatMap((each) => each.passages);
  const on = passages.filter((each) => each.fate === "card").length;
  byId("view-overview").replaceChildren(
    make("h2", { id: "overview-title" }, "What is here"),
    make(
      "ul",
      { class: "figures" },
      figure(cards.length, cards.length === 1 ? "card" : "cards", address("cards")),
      figure(rows.length, rows.length === 1 ? "review card" : "review cards", address("cards")),
      drafts ? figure(drafts, drafts === 1 ? "draft" : "drafts", address("cards", { show: "drafts" })) : "",
      figure(`${percent(on, passages.length)} %`, "of all passages on cards", address("documents")),
    ),
    make(
      "div",
      { class: "charts" },
      chart("Cards by topic", "topic", byTopic()),
      chart("Cards by document", "document", byDocument()),
      chart("Words in the answer", "words", byLength()),
      chart("Findings", "code", byFinding(), "Nothing was found."),
    ),
  );
}

const figure = (number, text, href) => make("li", {}, make("a", { href }, make("strong", {}, String(number)), ` ${text}`));

function chart(title, column, entries, none = "None yet.") {
  const most = Math.max(...entries.map((each) => each.number), 1);
  const lines = entries.map(({ name, number, href, note }) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, href ? make("a", { href }, name) : name, note ? make("span", { class: "quiet" }, ` ${note}`) : ""),
      make("td", { class: "drawn" }, bar((100 * number) / most)),
      make("td", { class: "number" }, String(number)),
    ),
  );
  const head = make("thead", { class: "unseen" }, make("tr", {}, make("th", { scope: "col" }, column), make("td", {}), make("th", { scope: "col" }, "number")));
  return make(
    "section",
    { class: "chart" },
    make("h3", {}, title),
    entries.length ? make("table", { "aria-label": title }, head, make("tbody", {}, ...lines)) : make("p", { class: "quiet" }, none),
  );
}

function byTopic() {
  const decks = count(data.cards.map((card) => card.deck));
  return [...decks].map(([deck, number]) => ({ name: deck.split("::").pop(), number, href: address("cards", { deck }) }));
}

function byDocument() {
  const counted = count(data.cards.flatMap((card) => card.documents ?? [""]));
  return [...counted]
    .sort((one, other) => other[1] - one[1])
    .map(([name, number]) => (name ? { name, number, href: address("cards", { document: name }) } : { name: "no document named", number }));
}

const wordsIn = (text) => text.split(/\s+/).filter(Boolean).length;

function byLength() {
  const lengths = data.cards.map((card) => wordsIn(card.answer));
  return LENGTHS.map(([least, most]) => ({
    name: most === Infinity ? `${least} and more` : `${least} to ${most}`,
    number: lengths.filter((each) => each >= least && each <= most).length,
  }));
}

function byFinding() {
  const all = [...data.cards.flatMap((card) => card.findings ?? []), ...data.findings];
  const onCards = count(data.cards.flatMap((card) => [...new Set((card.findings ?? []).map((each) => each.code))]));
  return [...count(all.map((each) => each.code))]
    .sort((one, other) => other[1] - one[1])
    .map(([code, number]) => ({ name: code, number, href: onCards.get(code) ? address("cards", { finding: code }) : "", note: gist(all, code) }));
}

// The linter names its rules; else the message of a code's first finding stands for it, cut where it speaks of one card.
const gist = (all, code) => {
  const { message, rule } = all.find((each) => each.code === code);
  if (rule) {
    return rule;
  }
  return message.length > 60 ? `${message.slice(0, 59)}…` : message;
};
