"""Rules: from documents to proposals.

A wing of its own: documents come in as semantic HTML, proposals go out as plain data.
"""

from cardwright.rules.compete import Lost
from cardwright.rules.coverage import Coverage, Covered
from cardwright.rules.examples import check_examples
from cardwright.rules.glossary import GLOSSARY_FILE, Glossary, load_glossary
from cardwright.rules.propose import Outcome, propose
from cardwright.rules.rulefile import RULES_FILE, RuleBook, load_rules
from cardwright.rules.trial import NearMiss, Trial, Tried, try_rules

__all__ = [
    "GLOSSARY_FILE",
    "RULES_FILE",
    "Coverage",
    "Covered",
    "Glossary",
    "Lost",
    "NearMiss",
    "Outcome",
    "RuleBook",
    "Trial",
    "Tried",
    "check_examples",
    "load_glossary",
    "load_rules",
    "propose",
    "try_rules",
]
