// The card on the stage: its HTML in a shadow tree, so that the note type's style and the page's do not meet.

let turned = false;

const face = byId("face").attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
const FRAME = ":host{display:block} .card{min-height:100%;box-sizing:border-box;min-width:0;padding:0.6rem 1.25rem 0}";

function dress() {
  sheet.replaceSync(`${data.css}\n${FRAME}`);
  face.adoptedStyleSheets = [sheet];
}

const rowOnStage = () => rows[chosen[at]];

function drawStage() {
  const row = rowOnStage();
  const stage = byId("stage");
  stage.classList.toggle("empty", !row);
  byId("flip").textContent = turned ? "Show question" : "Show answer";
  byId("previous").disabled = at <= 0;
  byId("next").disabled = at >= chosen.length - 1;
  byId("flip").disabled = !row;
  if (!row) {
    face.replaceChildren(cardElement(make("p", {}, data.cards.length ? "No card is like this." : "There are no cards yet.")));
    byId("facts").replaceChildren();
    return;
  }
  const inner = parsed(turned ? row.review.back : row.review.front);
  settleCard(inner, row.review);
  face.replaceChildren(cardElement(...inner.childNodes));
  for (const wide of face.querySelectorAll("pre, table")) {
    if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0; // so that keys can scroll it
  }
  byId("facts").replaceChildren(...facts(row.card, row.review));
}

function cardElement(...content) {
  return make("div", { class: `card${isNight() ? " nightMode" : ""}` }, ...content);
}

// HTML as a tree in a document of its own, where nothing loads and nothing runs.
const parsed = (html) => new DOMParser().parseFromString(html, "text/html").body;

const FOREIGN = "script, style, link, meta, base, iframe, object, embed, form";

// Pictures come from the table of those that belong to the project, links leave the page, typed answers get their field.
// Fields hold no markup of their own, but the title of a deck is taken as it is, here as in Anki: it may do no harm.
function settleCard(content, review) {
  for (const each of content.querySelectorAll(FOREIGN)) each.remove();
  for (const each of content.querySelectorAll("*")) {
    for (const { name } of [...each.attributes]) if (name.startsWith("on")) each.removeAttribute(name);
  }
  for (const image of content.querySelectorAll("img")) {
    const source = image.getAttribute("src");
    if (Object.hasOwn(data.media, source)) image.src = data.media[source];
    else image.replaceWith(image.alt);
  }
  for (const link of content.querySelectorAll("a")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  const holder = review.typed === undefined ? null : content.querySelector(".typing");
  if (holder) holder.replaceChildren(turned ? comparison(parsed(review.typed).textContent) : typedField());
}

function flip() {
  if (!rowOnStage()) return;
  turned = !turned;
  drawStage();
  byId("told").textContent = turned ? `Answer: ${rowOnStage().card.answer}` : "Question";
}

// Below the card: where it stands, where it came from, and what is to be said of it.
function facts(card, review) {
  const several = card.reviews.length > 1 ? `${review.name}, one of ${card.reviews.length} review cards` : "";
  const pairs = [
    ["Stands in", placeButton(card.place, "place")],
    ["Deck", card.deck.split("::").join(" › ")],
    ["Review card", several],
    ["Came from", origins(card)],
    ["Rule", linked(card.rules ?? ["written by hand"], "rule", card.rules)],
    ["Tags", linked(card.tags ?? [], "tag", true)],
  ].filter(([, value]) => (Array.isArray(value) ? value.length : value));
  return [
    ...notices(card),
    make("dl", {}, ...pairs.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, ...[value].flat())))),
  ];
}

// A place as `path:line`, which a press copies for an editor.
function placeButton(place, id) {
  const button = make("button", { type: "button", class: "place", id, title: "Copy" }, make("code", {}, place));
  button.addEventListener("click", async () => {
    const done = await copy(place);
    byId("told").textContent = done ? "Copied" : place;
    button.classList.toggle("copied", done);
  });
  return button;
}

function notices(card) {
  const told = [];
  if (card.draft) told.push(make("p", { class: "notice" }, make("strong", {}, "Draft. "), "In no deck until its line “draft: true” is deleted."));
  if (card.conflict) told.push(make("p", { class: "notice" }, make("strong", {}, "News. "), `You edited this card; its document now says: ${card.conflict}`));
  if (card.stale) told.push(make("p", { class: "notice" }, make("strong", {}, "Stale. "), "Its document does not say this any more."));
  return [...told, ...(card.findings ?? []).map(finding)];
}

function finding(each) {
  return make(
    "div",
    { class: `finding ${each.severity}` },
    make("p", {}, make("strong", {}, `${each.severity} ${each.code}: `), each.message),
    each.line ? make("pre", { tabindex: "0", "aria-label": "The line" }, each.line) : "",
    make("p", { class: "quiet" }, placeButton(each.place), each.help ? ` ${each.help}` : ""),
  );
}

function linked(values, name, links) {
  return values.flatMap((value, place) => [place ? ", " : "", links ? make("a", { href: address("cards", { [name]: value }) }, value) : value]);
}

function origins(card) {
  const passages = card.passages ?? [];
  if (!passages.length) return (card.documents ?? []).join(", ");
  return passages.flatMap(([number, passage], place) => {
    const from = data.documents[number];
    const href = address("documents", { name: from.name, passage });
    return [place ? ", " : "", make("a", { href, class: "origin" }, `${from.name}:${from.passages[passage].line}`)];
  });
}
