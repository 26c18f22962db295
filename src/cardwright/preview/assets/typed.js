// Typed answers: a field on the front, and on the back what was typed beside what was right, marked as Anki marks it.

let typed = "";

function typedField() {
  const field = make("input", { id: "typeans", type: "text", "aria-label": "Type the answer", autocomplete: "off" });
  field.value = typed;
  field.addEventListener("input", () => (typed = field.value));
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") flip();
    if (event.key === "Escape") field.blur();
  });
  return field;
}

function comparison(right) {
  const given = typed.normalize("NFC").trim();
  if (!given) return make("code", { id: "typeans" }, right);
  if (given === right) return make("code", { id: "typeans" }, make("span", { class: "typeGood" }, right));
  const [above, below] = compared([...given], [...right]);
  return make("code", { id: "typeans" }, ...above, make("br"), make("span", { id: "typearrow" }, "↓"), make("br"), ...below);
}

// Both texts in runs: what they share in order is good. Of the rest, what was typed is bad, what was not is missed, and
// where nothing was typed for it, hyphens hold its place.
function compared(given, right) {
  const longest = shared(given, right);
  const [above, below] = [[], []];
  let [i, j] = [0, 0];
  while (i < given.length || j < right.length) {
    const [from, to] = [i, j];
    while (i < given.length && j < right.length && given[i] === right[j]) [i, j] = [i + 1, j + 1];
    run(above, "typeGood", given.slice(from, i));
    run(below, "typeGood", right.slice(to, j));
    const [bad, missed] = [i, j];
    while ((i < given.length || j < right.length) && !(i < given.length && j < right.length && given[i] === right[j])) {
      if (j >= right.length || (i < given.length && longest[i + 1][j] >= longest[i][j + 1])) i += 1;
      else j += 1;
    }
    run(above, "typeBad", given.slice(bad, i));
    if (i === bad) run(above, "typeMissed", right.slice(missed, j).map(() => "-"));
    run(below, "typeMissed", right.slice(missed, j));
  }
  return [above, below];
}

function run(into, kind, characters) {
  if (characters.length) into.push(make("span", { class: kind }, characters.join("")));
}

// How much two texts have in common from each pair of places on.
function shared(given, right) {
  const longest = Array.from({ length: given.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = given.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      const same = given[i] === right[j];
      longest[i][j] = same ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  return longest;
}
