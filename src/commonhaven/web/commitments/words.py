"""What a room says of a promise or a fund, with names in the place of its codes."""

import re

from commonhaven.parties import states
from commonhaven.web.kit.templatetags.kit import party

CODES = re.compile(r"\b(?:c\d+\.\d+|c\d+|[A-Z]{3})\b")


def named(text: str, title: str) -> str:
    """The text for a person: codes of states as names, those of the book as what they stand for.

    >>> named("FRA would deliver more of c12 than it has signed", "Schools")
    'France would deliver more of "Schools" than it has signed'
    """

    def name(found: re.Match[str]) -> str:
        code = found.group()
        if code in states():
            return party(code)
        if code.startswith("c"):
            return "that delivery" if "." in code else f'"{title}"'
        return code

    return CODES.sub(name, text)
