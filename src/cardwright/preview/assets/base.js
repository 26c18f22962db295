// What all parts share: the data, the state in the address, and how elements are made.

// `data` is replaced as a whole when a server sends news; everything else is drawn from it again.
let data = JSON.parse(document.getElementById("data").textContent);

const byId = (id) => document.getElementById(id);

// Makes an element. Text always arrives as text: nothing here parses HTML.
function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === undefined) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((each) => each !== "" && each !== undefined));
  return made;
}

const several = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

const percent = (part, whole) => (whole ? Math.round((100 * part) / whole) : 0);

const count = (values) => {
  const counted = new Map();
  for (const each of values) counted.set(each, (counted.get(each) ?? 0) + 1);
  return counted;
};

// The state is what stands behind `#`: the view, then its settings. So a place can be linked, and a reload keeps it.
const VIEWS = ["overview", "cards", "documents"];

function readState() {
  const [view, query = ""] = location.hash.slice(1).split("?");
  const values = Object.fromEntries(new URLSearchParams(query));
  return { view: VIEWS.includes(view) ? view : "overview", values };
}

function address(view, values = {}) {
  const kept = Object.entries(values).filter(([, value]) => value !== "" && value !== undefined);
  return `#${view}${kept.length ? "?" + new URLSearchParams(kept) : ""}`;
}

let state = readState();

// Changes settings of the view that is shown, without a new entry in the browser's history.
function settle(values) {
  state = { view: state.view, values: { ...state.values, ...values } };
  history.replaceState(null, "", address(state.view, state.values));
}

// A copy of text for the clipboard, with the old way for pages from disk, where the new one is not allowed.
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = make("textarea", { class: "unseen", "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

const SVG = "http://www.w3.org/2000/svg";

function draw(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// A bar of so many hundredths; what it means stands beside it in words.
function bar(hundredths, kind = "") {
  return draw(
    "svg",
    { class: `bar ${kind}`, viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" },
    draw("rect", { class: "whole", x: 0, y: 0, width: 100, height: 8 }),
    draw("rect", { class: "part", x: 0, y: 0, width: Math.max(hundredths, hundredths > 0 ? 1 : 0), height: 8 }),
  );
}
