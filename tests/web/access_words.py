"""Words that nobody can guess, each planted in one field of one item for one audience."""

import re
import secrets
import string
from dataclasses import dataclass, field

WORD = re.compile(r"qz[a-z]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """Where a word stands: in which shade of audience, in which field."""

    shade: str
    field: str


@dataclass(slots=True, kw_only=True)
class Words:
    """Every word that was planted."""

    planted: dict[str, Planted] = field(default_factory=dict)

    def plant(self, shade: str, where: str) -> str:
        """A new word for a field of an item of one shade."""
        word = "qz" + "".join(secrets.choice(string.ascii_lowercase) for _ in range(12))
        self.planted[word] = Planted(shade=shade, field=where)
        return word

    def in_text(self, text: str) -> frozenset[str]:
        """The words that a text shows."""
        return frozenset(WORD.findall(text))

    def of(self, shades: frozenset[str], fields: frozenset[str] | None = None) -> frozenset[str]:
        """The words planted for some shades, in some fields or in all."""
        return frozenset(
            word
            for word, at in self.planted.items()
            if at.shade in shades and (fields is None or at.field in fields)
        )

    def told(self, words: frozenset[str]) -> list[str]:
        """Words as a failed test tells them: by field and shade."""
        return sorted(
            f"{self.planted[word].field} for {self.planted[word].shade}" for word in words
        )
