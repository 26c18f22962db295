"""What of a web page is its content, and what surrounds every page of its site."""

from __future__ import annotations

import re

from cardwright.documents.elements import Element, Run
from cardwright.documents.wording import word_set

__all__ = ["content_root", "is_chrome", "is_hidden"]

# These never hold text that a reader of the page reads.
_HIDDEN = word_set(
    "script style noscript template svg math iframe object head button input select textarea option canvas audio video "
    "datalist dialog map del s strike"
)
_CHROME_TAGS = frozenset(("nav", "footer", "aside", "form"))
_CHROME_ROLES = frozenset(
    ("navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "menubar")
)
# Words of class names and ids, as sites of all kinds use them.
_CHROME_WORDS = word_set(
    "ad ads adsense advert advertisement breadcrumb breadcrumbs byline comments consent cookie cookies footer gdpr "
    "masthead menu modal nav navbar navigation newsletter pagination paywall popup promo promotion related share "
    "sharing sidebar signup skip social sponsored sponsor subscribe tags toc toolbar widget"
)
_WORD = re.compile(r"[a-z]+")
_KEEPING = frozenset(("main", "article", "h1"))
# Content has at least this many characters; a shorter <main> is an empty shell.
_LEAST_CONTENT = 120


def is_hidden(element: Element) -> bool:
    """Whether the element is not shown, or is no text."""
    attrs = element.attrs
    if element.tag in _HIDDEN or "hidden" in attrs or attrs.get("aria-hidden") == "true":
        return True
    return "display:none" in attrs.get("style", "").replace(" ", "").lower()


def is_chrome(element: Element) -> bool:
    """Whether the element is navigation, a notice, a box for letters or shares, or the like."""
    attrs = element.attrs
    if element.tag in ("html", "body", *_KEEPING):
        return False
    named = _CHROME_WORDS.intersection(_WORD.findall(f"{attrs.get('class', '')} {attrs.get('id', '')}".lower()[:400]))
    if not named and element.tag not in _CHROME_TAGS and attrs.get("role") not in _CHROME_ROLES:
        return element.tag == "header" and not _holds(element, _KEEPING)
    return not _holds(element, _KEEPING) and _length(element, 4000) < 4000


def content_root(root: Element) -> Element:
    """The element that holds the content: the article in <main>, <main>, the only article, else all."""
    mains = _found(root, "main") or [each for each in _every(root) if each.attrs.get("role") == "main"]
    best = mains[0] if len(mains) == 1 else root
    articles = [each for each in _found(best, "article") if _length(each, _LEAST_CONTENT) >= _LEAST_CONTENT]
    if len(articles) == 1:
        best = articles[0]
    return best if best is root or _length(best, _LEAST_CONTENT) >= _LEAST_CONTENT else root


def _every(root: Element) -> list[Element]:
    found: list[Element] = []
    stack = [root]
    while stack:
        element = stack.pop()
        found.append(element)
        stack.extend(each for each in reversed(element.children) if isinstance(each, Element))
    return found


def _found(root: Element, tag: str) -> list[Element]:
    return [each for each in _every(root) if each.tag == tag]


def _holds(element: Element, tags: frozenset[str]) -> bool:
    return any(each.tag in tags for each in _every(element))


def _length(element: Element, enough: int) -> int:
    """How many characters of text stand in the element, counted up to `enough`."""
    length = 0
    stack: list[Element | Run] = [element]
    while stack and length < enough:
        each = stack.pop()
        if isinstance(each, Run):
            length += len(each.chars.strip())
        elif not is_hidden(each):
            stack.extend(each.children)
    return length
