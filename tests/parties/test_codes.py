"""What to write for a state where a code is wanted."""

import pytest

from commonhaven.parties.codes import HOW, code_to_write


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("Ghana", "Write the ISO code: GHA."),
        ("deu", "Write the ISO code: DEU."),
        ("Côte d'Ivoire", "Write the ISO code: CIV."),
        ("Gahna", f"{HOW} Did you mean Ghana (GHA) or Uganda (UGA) or Guyana (GUY)?"),
        ("Qqqq", HOW),
        ("", HOW),
    ],
)
def test_code_to_write(text: str, advice: str) -> None:
    assert code_to_write(text) == advice
