"""Measure the page with ten thousand cards: `make preview-speed`. docs/preview.md has the figures."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from cardwright.commands import preview
from preview.browser import DESKTOP, launched
from story import Story

FILES, CARDS = 20, 500
WORDS = (
    "tide",
    "ebb",
    "flood",
    "buoy",
    "lamp",
    "harbour",
    "fairway",
    "berth",
    "slack",
    "shore",
    "lee",
    "wind",
    "pilot",
)

# Milliseconds from each letter typed until the next picture is drawn, and the same for pages of the list.
SEARCH = """async () => {
  const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  const search = document.getElementById("search");
  const list = document.getElementById("list");
  const times = { letters: [], scrolls: [], cards: [] };
  const timed = async (into, act) => {
    const begin = performance.now();
    act();
    await drawn();
    into.push(performance.now() - begin);
  };
  const type = (text) => {
    search.value = text;
    search.dispatchEvent(new Event("input", { bubbles: true }));
  };
  for (const text of ["t", "ti", "tid", "tide", "tide b", "tide buoy", "number 7", "number 77", ""]) {
    await timed(times.letters, () => type(text));
  }
  for (let page = 0; page < 50; page += 1) await timed(times.scrolls, () => (list.scrollTop += 2000));
  const next = () => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
  for (let card = 0; card < 50; card += 1) await timed(times.cards, next);
  return times;
}"""


def main() -> None:
    """Write the project, then open its page three times and print the slowest of each."""
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        story = Story(Path(folder), namespace="many")
        fill(story)
        outcome = preview.run(story.root, Path("page.html"), opened=False)
        assert not outcome.exit_code, outcome.diagnostics
        file = story.root / "page.html"
        print(f"{outcome.text}, {file.stat().st_size / 1e6:.1f} MB")
        for _ in range(3):
            page = browser.new_page(viewport=DESKTOP)
            page.goto(f"{file.as_uri()}#cards")
            loaded = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
            times: dict[str, Any] = page.evaluate(SEARCH)
            told = ", ".join(f"{name} up to {max(each):.0f} ms" for name, each in times.items())
            print(f"loaded in {loaded:.0f} ms; {told}")
            page.close()


def fill(story: Story) -> None:
    """Ten thousand cards in twenty files, every fifth one with two gaps; words in turn, so always the same."""
    at = 0

    def words(number: int) -> str:
        nonlocal at
        at += 1
        return " ".join(WORDS[(at * 7 + each * (at % 11 + 1)) % len(WORDS)] for each in range(number))

    for file in range(FILES):
        lines = [f"title: Topic {file}", "cards:"]
        for number in range(file * CARDS, (file + 1) * CARDS):
            lines.append(f"  - id: card-{number}")
            if number % 5:
                lines += [f"    front: What is **{words(3)}** number {number}?", f"    back: {words(15)}."]
            else:
                gaps = f"{words(5)} {{{{c1::{words(2)}}}}} {words(4)} {{{{c2::{words(1)}}}}}"
                lines.append(f"    cloze: 'Card {number}: {gaps}.'")
        story.write(f"cards/topic-{file}.yaml", "\n".join(lines) + "\n")
    stems = ", ".join(f"topic-{file}" for file in range(FILES))
    story.write("decks/many.yaml", f"name: Many\ncards: [{stems}]\n")


if __name__ == "__main__":
    main()
