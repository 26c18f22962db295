// The list of review cards: of many thousand rows, those alone that can be seen are elements.

const ROW = 68; // pixels; page.css says the same
const BEYOND = 6; // rows above and below, so that scrolling shows no gaps

let at = -1; // the place in `chosen` of the card on the stage

function drawList() {
  const list = byId("list");
  const first = Math.max(0, Math.floor(list.scrollTop / ROW) - BEYOND);
  const last = Math.min(chosen.length, Math.ceil((list.scrollTop + list.clientHeight) / ROW) + BEYOND);
  const space = make("div", { class: "space", role: "presentation" });
  space.style.height = `${chosen.length * ROW}px`;
  for (let place = first; place < last; place += 1) space.append(rowAt(place));
  list.replaceChildren(space);
  if (at >= first && at < last) list.setAttribute("aria-activedescendant", `row-${at}`);
  else list.removeAttribute("aria-activedescendant");
}

function rowAt(place) {
  const { card, review } = rows[chosen[place]];
  const made = make(
    "div",
    {
      id: `row-${place}`,
      class: "row",
      role: "option",
      "aria-selected": String(place === at),
      "aria-setsize": chosen.length,
      "aria-posinset": place + 1,
      "data-place": place,
    },
    make("span", { class: "asks", dir: "auto" }, review.asks || card.id),
    make("span", { class: "under" }, make("span", { class: "topic" }, topicOf(card)), ...badges(card)),
  );
  made.style.top = `${place * ROW}px`;
  return made;
}

const topicOf = (card) => card.deck.split("::").pop();

// What is to be known of a card at a glance, in words.
function badges(card) {
  const found = (card.findings ?? []).length;
  return [
    card.draft ? make("span", { class: "badge draft" }, "draft") : "",
    card.conflict ? make("span", { class: "badge news" }, "news") : "",
    card.stale ? make("span", { class: "badge news" }, "stale") : "",
    found ? make("span", { class: "badge found" }, several(found, "finding")) : "",
  ].filter(Boolean);
}

// Scrolls so that a row can be seen, and no further.
function reveal(place) {
  const list = byId("list");
  const top = place * ROW;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + ROW > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW - list.clientHeight;
}
