"""What YAML is read into: texts, lists and mappings, each of which knows its place."""

from __future__ import annotations

from dataclasses import dataclass, field

from cardwright.diagnostics import Span

__all__ = ["Mapping", "Node", "Scalar", "Sequence"]


@dataclass(frozen=True, slots=True)
class Node:
    """A node: `line` and `column` count from 1, `start` and `end` are offsets into the text."""

    line: int
    column: int
    start: int
    end: int

    def span(self, path: str) -> Span:
        """The place as a diagnostic wants it; a node of several lines is marked by its first character."""
        return Span(path, self.line, self.column, 1)


@dataclass(frozen=True, slots=True)
class Scalar(Node):
    """A text. `style` is "" for plain, else the character YAML uses: ' " | or >."""

    value: str = ""
    style: str = ""

    def span(self, path: str) -> Span:
        """The text itself where it stands on one line."""
        width = self.end - self.start if self.style not in ("|", ">") else 1
        return Span(path, self.line, self.column, max(1, width))


@dataclass(frozen=True, slots=True)
class Sequence(Node):
    """A list."""

    items: tuple[Node, ...] = ()
    flow: bool = False


@dataclass(frozen=True, slots=True)
class Mapping(Node):
    """Keys in the order of the file; each key keeps its own node for its place."""

    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)
    flow: bool = False
