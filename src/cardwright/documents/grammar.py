"""Just enough English to tell where a noun phrase begins and ends: closed word classes and common verbs."""

from __future__ import annotations

from cardwright.documents.wording import word_set

__all__ = ["ARTICLES", "BORDERS", "GOVERNORS", "POSTPOSED", "is_adjective", "is_adverb", "is_verb"]

# Words that no member of an enumeration holds: they govern, join or point.
BORDERS = word_set(
    "down out off away about above across after against along among amid around as at before behind below "
    "between beyond but by despite during except for from if in including into is are am was were be been being "
    "than that then through throughout to toward towards under until upon using via when where whether which "
    "while who whom whose with within without has have had do does did can could may might must shall should "
    "will would i you he she it we they them us me because so how why what not no both either neither on onto "
    "over per like only rather such there this these those e.g. i.e. e.g i.e where's it's that's you're they're "
    "we're it'll you'll"
)
# Behind these a member is not complete yet ("alignment with ..."), behind other borders it is ("teams in ...").
GOVERNORS = word_set("of to with related")
# Adjectives that stand behind their noun and open what is said about it ("skills necessary to ...").
POSTPOSED = word_set(
    "relevant necessary needed required available responsible critical central essential included alike "
    "involved combined"
)
ARTICLES = word_set(
    "the a an your our their its his her my some any other various all each every another multiple several"
)
# Verbs that are rarely nouns; their forms in -s, -ed and -ing are known by them.
_VERBS = word_set(
    "accelerate achieve adapt add address adopt align allow analyze apply articulate ask assess assume avoid "
    "become begin bring build choose clarify collaborate combine communicate conduct consider contain "
    "contribute convey create debate decide deconstruct define deliver demonstrate describe determine develop "
    "discover discuss drive elevate embody embrace emphasize empower enable encourage engage enhance ensure "
    "establish evaluate evolve examine explain explore facilitate find focus follow foster gather generate get "
    "give grow guide handle help highlight hone identify illustrate implement improve include incorporate "
    "increase inform initiate integrate interpret introduce investigate involve iterate justify keep know learn "
    "leverage maintain make mentor monitor navigate negotiate offer operate optimize own perform pick prepare "
    "present prevent prioritize produce promote prove provide quantify reduce reflect refine reinforce rely "
    "remain remove require resolve respond retain run select serve share shape showcase solicit solve specify "
    "stay steer strive suggest synthesize tailor take teach tell think thrive track translate try tune "
    "understand unblock validate verify want write"
)
_ADJECTIVE_ENDINGS = ("ive", "ic", "able", "ible", "ful", "ous", "less", "ed", "ex", "ical", "ional", "ant", "some")
_NO_ADVERBS = word_set("family assembly supply reply anomaly monthly weekly daily early only")


def is_verb(word: str) -> bool:
    """Whether the word is a form of a verb that is rarely a noun."""
    word = word.lower().strip("'’\"“”.,")
    if word in _VERBS or word in ("designing", "planning", "testing", "researching"):
        return True
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            if stem in _VERBS or stem + "e" in _VERBS or (stem[-1] == stem[-2] and stem[:-1] in _VERBS):
                return True
            if ending in ("es", "ed") and stem.endswith("i") and stem[:-1] + "y" in _VERBS:
                return True
    return False


def is_adverb(word: str) -> bool:
    """Whether the word is an adverb by its ending, or one of time."""
    word = word.lower()
    return word in ("often", "also", "even", "then", "however", "first", "finally") or (
        word.endswith("ly") and word not in _NO_ADVERBS
    )


def is_adjective(word: str) -> bool:
    """Whether the word ends as adjectives do."""
    return word.lower().endswith(_ADJECTIVE_ENDINGS)
