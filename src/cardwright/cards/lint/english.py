"""The words of English that rules look for. Another language would be another table of this shape.

All are in small letters. No other module of the linter holds a word of a language.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ENGLISH", "Words"]


@dataclass(frozen=True, slots=True)
class Words:
    """What a rule knows of a language: single words as sets, phrases as tuples.

    `stop` say nothing of what a text is about. `asking` ask, `explaining` for more than a word; to `closed_of`, with a
    noun or without, an answer may be as short as it likes. `pointing` and `owning` stand for a noun that must come
    before, but for those that are `empty` where a word of `filling` follows ("it takes ... to"); `pointing_back` for a
    whole sentence. What has one of `denying` is another question. Behind a word of `quoting` stands what others ask.
    Of `ours`, nobody knows months later whose it is. A lead-in of a list begins with `leading`, or breaks off behind a
    word of `led_by`, a sentence behind one of `hanging`. What opens like one of `filler_clauses` and has a pair of
    `going_on` at its end is a sentence of its own ("this means of transport is slow"). `amounts`, `unfinished`, and
    what is `shortened` with a point that ends no sentence, are patterns.
    """

    stop: frozenset[str]
    numbers: frozenset[str]
    asking: frozenset[str]
    explaining: frozenset[str]
    closed_of: tuple[str, ...]
    yes_no: frozenset[str]
    verdicts: frozenset[str]
    joined: tuple[str, ...]
    choice: frozenset[str]
    vague: tuple[str, ...]
    vague_within: tuple[str, ...]
    pointing: frozenset[str]
    empty: frozenset[str]
    filling: frozenset[str]
    owning: frozenset[str]
    pointing_back: tuple[str, ...]
    pointing_within: tuple[str, ...]
    the: frozenset[str]
    denying: frozenset[str]
    quoting: frozenset[str]
    ours: frozenset[str]
    lists: tuple[str, ...]
    leading: tuple[str, ...]
    led_by: frozenset[str]
    hanging: frozenset[str]
    trivia: tuple[str, ...]
    fillers: tuple[str, ...]
    filler_clauses: tuple[str, ...]
    going_on: tuple[tuple[str, str], ...]
    volatile: tuple[str, ...]
    amounts: tuple[str, ...]
    unfinished: tuple[str, ...]
    shortened: str


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


ENGLISH = Words(
    stop=_set(
        """
        a about after all also an and any are aren't as at be because been before being between both but by can
        can't could did didn't do does doesn't doing don't done during each either else ever every for from get give
        given gives had has have having he her here hers him his how i if in into is isn't it its itself just kind
        let like made make makes many may me means mean might more most much must my no nor not of
        off on once one ones only onto or other others our ours out over own per rather same say says she should so
        some such than that the their theirs them then there these they thing things this those through to too under
        until up upon us very via was we were what what's when where whether which while who whom whose why will
        with within without would yes yet you your yours
        """
    ),
    numbers=_set(
        """
        first second third fourth fifth sixth seventh eighth ninth tenth last next previous two three four five six
        seven eight nine ten eleven twelve dozen hundred thousand million billion once twice
        """
    ),
    asking=_set("what which who whom whose when where why how"),
    explaining=_set("why how"),
    closed_of=(
        "which", "whose", "how many", "how much", "how long", "how often", "how old", "how far", "how deep", "how fast",
        "how high", "how big", "how large", "how soon", "what year", "what date", "what time", "what number",
        "what percentage", "what share", "what colour", "what color",
    ),
    yes_no=_set(
        """
        is are was were am do does did has have had can could may might must shall should will would isn't aren't
        wasn't weren't don't doesn't didn't hasn't haven't can't couldn't won't wouldn't shouldn't
        """
    ),
    verdicts=_set("yes no true false"),
    joined=(
        "and", "as well as",
    ),
    choice=_set("or rather versus vs"),
    vague=(
        "what about", "tell me about", "tell us about", "describe", "explain", "discuss", "elaborate on",
        "comment on", "talk about", "what do you know about", "what can you say about", "what is there to know about",
        "how about", "summarize", "summarise",
    ),
    vague_within=(
        "is said about", "is said of", "is said on", "is written about", "is mentioned about", "is stated about",
        "is told about", "say about", "says about", "tell about", "tell us about", "add on", "add about",
        "mention about", "have to say", "note about",
    ),
    pointing=_set("it this these those they them him he she"),
    empty=_set("it those"),
    filling=_set("to that if when who whose"),
    owning=_set("its their his her"),
    pointing_back=("that means", "that is why"),
    pointing_within=(
        "the above", "mentioned above", "listed above", "the below", "mentioned below", "listed below", "see above",
        "see below", "as follows", "the following", "the aforementioned", "the latter",
        "in this section", "in this document", "in this article", "in this guide", "in this posting",
        "in this chapter", "this figure", "this table", "on this page", "the previous question", "the next question",
    ),
    the=_set("the"),
    denying=_set("no not never without don't doesn't didn't isn't aren't can't cannot shouldn't won't"),
    quoting=_set("question ask asks"),
    ours=_set("we our us ours we're we've we'll we'd"),
    lists=(
        "list", "name", "enumerate", "what are all", "which are all", "give all", "give the list", "write down",
    ),
    leading=(
        "be ready to", "be prepared to", "be able to", "you will", "you'll", "you should", "here are", "here is",
        "these are", "this includes", "in this role", "as a", "by", "to", "some of", "the following",
    ),
    led_by=_set(
        """
        follows following include includes including will to are is be on in with of for by about from through as
        and that such under into at apart over the a an
        """
    ),
    hanging=_set("of the a an and or with from"),
    trivia=(
        "reading time", "minutes to read", "job id", "requisition id", "requisition number", "posting id",
        "last updated", "publication date of", "table of contents", "name of the file",
        *(
            phrase.format(document)
            for document in ("article", "guide", "posting", "document", "page", "post", "chapter")
            for phrase in (
                "how many words does the {}", "how many pages does the {}", "how many sections does the {}",
                "how many headings does the {}", "how many paragraphs does the {}", "section of the {}",
                "heading of the {}", "paragraph of the {}", "url of the {}", "address of the {}", "title of the {}",
                "author of the {}", "who wrote the {}", "when was the {}", "job number of the {}",
            )
        ),
    ),
    fillers=(
        "specifically", "basically", "essentially", "actually", "in short", "in other words", "in essence", "in fact",
        "in summary", "of course", "well", "so", "additionally", "furthermore", "moreover", "in addition", "also",
        "besides", "as mentioned", "as noted", "as you know", "note that", "simply put", "put simply",
        "needless to say", "to be clear", "that is", "that is to say", "importantly", "however", "indeed", "again",
    ),
    filler_clauses=(
        "this is", "this means that", "this means", "that means that", "that means", "it means that", "it means",
        "that is because", "the answer is that", "the answer is", "this refers to", "it refers to", "it is said that",
        "it is important to note that", "it should be noted that", "it is worth noting that", "please note that",
        "note that", "keep in mind that",
    ),
    going_on=tuple(
        ("means", word)
        for word in (
            "of", "to", "by", "for", "well", "is", "are", "was", "were", "has", "had", "can", "could", "may", "might",
            "must", "will", "would",
        )
    ),
    volatile=(
        "currently", "right now", "nowadays", "at present", "at the moment", "these days", "recently", "most recent",
        "as of", "so far", "this year", "this month", "this quarter", "last year", "next year", "today", "now",
    ),
    amounts=(
        r"(?:[$€£¥]|\b(?:usd|eur|gbp)\b)\s?\d(?:[\d.,]*\d)?",
        r"\d[\d.,]*\s?(?:[$€£¥]|(?:usd|eur|gbp|dollars|euros|pounds)\b)",
        r"\b\d[\d.,]*\s?(?:million|billion|trillion)\b",
    ),
    unfinished=(
        r"\bTODO\b",
        r"\bFIXME\b",
        r"\bTBD\b",
        r"\bXXX\b",
        r"\?\?\?",
        r"\blorem ipsum\b",
        r"\[citation needed\]",
    ),
    shortened=r"\b(?:e\.g|i\.e|etc|vs|approx|Dr|Prof|Mr|Mrs|Ms|Jr|Sr|Inc|Ltd|Corp|Co|St|No|cf|[A-Z])\.(?=\s)",
)  # fmt: skip
