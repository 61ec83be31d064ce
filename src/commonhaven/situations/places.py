"""Whether a code in a situation stands for a state that is known."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from commonhaven.situations.finding import Finding, error
from commonhaven.situations.model import STATE


def check_places(codes: Iterable[str], where: str, on: date) -> Iterator[Finding]:
    """An error for every code that is no state's; ``on`` is the day of the situation."""
    for code in codes:
        if not re.fullmatch(STATE, code):
            fix = "Write the ISO 3166-1 alpha-3 code, such as GHA, or XKX for Kosovo."
            yield error(f'"{code[:20]}" is not a code of a state', f"{where}.{code[:20]}", fix)
