"""The `key: value` lines between two `---` at the top of a Markdown document."""

from __future__ import annotations

from cardwright.diagnostics import Diagnostic, Span, warning
from cardwright.files import TextFile

__all__ = ["read_front_matter"]

_MOST_LINES = 200


def read_front_matter(text: str, shown: str) -> tuple[dict[str, str], int, list[Diagnostic]]:
    """What the front matter says by key, the offset of the body behind it, and what is wrong with it."""
    from cardwright.yamltext import Mapping, Scalar, parse

    end = _end(text)
    if not end:
        return {}, 0, []
    inner = (
        text[: text.rindex("\n", 0, end - 1) + 1] if text[end - 1] == "\n" else text[: text.rindex("\n", 0, end) + 1]
    )
    # The first rule becomes a blank line, so that places are those of the document.
    node, problems = parse(TextFile(shown, inner[inner.index("\n") :], ""))
    if isinstance(node, Mapping):
        values = {key: value.value for key, value in node.entries.items() if isinstance(value, Scalar)}
        return {key: value for key, value in values.items() if value}, end, []
    if node is None and not problems:
        return {}, end, []
    place = problems[0].span if problems else Span(shown, 1, 1)
    message = f"the front matter cannot be read: {problems[0].message}" if problems else "the front matter has no keys"
    return (
        {},
        end,
        [warning("CW110", message, place, "write one 'key: value' a line, or put what it says in sources.yaml")],
    )


def _end(text: str) -> int:
    """The offset behind the closing rule, 0 where there is no front matter."""
    if not text.startswith("---\n"):
        return 0
    place = 4
    for _ in range(_MOST_LINES):
        newline = text.find("\n", place)
        line = text[place : newline if newline >= 0 else len(text)].rstrip()
        if line in ("---", "..."):
            return newline + 1 if newline >= 0 else len(text)
        if newline < 0:
            return 0
        place = newline + 1
    return 0
