"""What to write where a code of a state is wanted and something else stands."""

from commonhaven.parties.finding import find_state
from commonhaven.parties.register import UnknownState

HOW = "Write an ISO 3166-1 alpha-3 code in capital letters, such as GHA."


def code_to_write(text: str) -> str:
    """The code of the state that a text names, as advice; else how a code looks.

    >>> code_to_write("Ghana")
    'Write the ISO code: GHA.'
    """
    try:
        return f"Write the ISO code: {find_state(text).code}."
    except UnknownState as unknown:
        return f"{HOW} {unknown.fix}" if unknown.fix.startswith("Did you mean") else HOW
