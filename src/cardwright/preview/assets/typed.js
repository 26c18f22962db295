// Typed answers: a field on the front, and on the back what was typed beside what was right, marked as Anki marks it.

let typed = "";

function typedField() {
  const field = make("input", { id: "typeans", type: "text", "aria-label": "Type the answer", autocomplete: "off" });
  field.value = typed;
  field.addEventListener("input", () => (typed = field.value));
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") flip();
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

// Both texts in runs: what they share in order is good; of the rest, what was typed is bad and what was not is missed.
function compared(given, right) {
  const longest = Array.from({ length: given.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = given.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      longest[i][j] = given[i] === right[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  const above = [];
  const below = [];
  let [i, j] = [0, 0];
  while (i < given.length || j < right.length) {
    if (i < given.length && j < right.length && given[i] === right[j]) {
      above.push(["typeGood", given[i++]]);
      below.push(["typeGood", right[j++]]);
    } else if (j >= right.length || (i < given.length && longest[i + 1][j] >= longest[i][j + 1])) {
      above.push(["typeBad", given[i++]]);
    } else {
      below.push(["typeMissed", right[j++]]);
    }
  }
  return [inRuns(above), inRuns(below)];
}

function inRuns(marked) {
  const runs = [];
  for (const [kind, character] of marked) {
    if (runs.at(-1)?.className === kind) runs.at(-1).append(character);
    else runs.push(make("span", { class: kind }, character));
  }
  return runs;
}
