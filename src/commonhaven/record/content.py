"""What an entry says: who did what, when, in which capacity, and for whose eyes."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from commonhaven.reading import Problem, digest
from commonhaven.reading.canonical import Plain, plain

INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z", re.ASCII)
SALT = re.compile(r"[0-9a-f]{32}")
TEXTS = ("act", "subject", "party", "capacity", "audience")
NEEDED = frozenset({"act", "audience"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One act: its place in the record, what was done about what, by which party, who may read it.

    ``at``: UTC with microseconds, 2026-01-31T09:00:00.000000Z. ``release``: the instant from which
    it is public, or "". ``body``: plain values without floats. ``salt``: 32 hexadecimal digits by
    chance, so that nobody finds a sealed act by trying what it might say.
    """

    number: int
    at: str
    act: str
    subject: str
    party: str
    capacity: str
    audience: str
    release: str
    body: Mapping[str, Plain]
    salt: str

    def __post_init__(self) -> None:
        where = f"entry {self.number}"
        if not isinstance(self.number, int) or isinstance(self.number, bool) or self.number < 1:
            raise Problem("the number is no whole number from 1", where=where, fix="Count from 1.")
        for name in TEXTS:
            check_text(getattr(self, name), name, where, needed=name in NEEDED)
        check_instant(self.at, "at", where)
        if self.release != "":
            check_instant(self.release, "release", where)
        if not isinstance(self.salt, str) or not SALT.fullmatch(self.salt):
            fix = "Draw 16 bytes by chance and write them as 32 digits, 0 to 9 and a to f."
            raise Problem("the salt cannot stand", where=where, fix=fix)
        object.__setattr__(self, "body", plain_body(self.body, where))

    def table(self) -> dict[str, Plain]:
        """The content as plain values, as an export holds it."""
        return {
            "number": self.number, "at": self.at, "act": self.act, "subject": self.subject,
            "party": self.party, "capacity": self.capacity, "audience": self.audience,
            "release": self.release, "body": dict(self.body), "salt": self.salt,
        }  # fmt: skip


FIELDS = frozenset(Content.__slots__)


def seal(content: Content) -> str:
    """SHA-256 of the content's canonical JSON: it vouches for the act without telling it."""
    return digest(content.table())


def check_text(value: object, name: str, where: str, *, needed: bool) -> None:
    """Problem where a field is no text that a file can keep, or is empty and may not be."""
    if not isinstance(value, str):
        raise Problem(f"{name} is not text", where=where, fix="Write text.")
    if needed and not value.strip():
        raise Problem(f"{name} is empty", where=where, fix="Say it in a few words.")
    if any("\ud800" <= sign <= "\udfff" for sign in value):
        raise Problem(f"{name} holds half a sign", where=where, fix="Write it anew as UTF-8.")


def check_instant(value: object, name: str, where: str) -> None:
    """Problem where a text is no instant of UTC with microseconds: one instant, one spelling."""
    if isinstance(value, str) and INSTANT.fullmatch(value):
        try:
            datetime.fromisoformat(value)
        except ValueError:
            pass
        else:
            return
    fix = "Write UTC with microseconds: 2026-01-31T09:00:00.000000Z."
    raise Problem(f"{name} is not an instant", where=where, fix=fix)


def plain_body(body: object, where: str) -> dict[str, Plain]:
    """The body as plain values; exact numbers become text."""
    if not isinstance(body, Mapping):
        raise Problem("the body is no table", where=where, fix="Give names and values.")
    try:
        held = plain(body)
        json.dumps(held, ensure_ascii=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        fix = "Use text in UTF-8, whole numbers, yes and no, lists and tables."
        raise Problem(f"the body cannot be kept ({error})", where=where, fix=fix) from None
    assert isinstance(held, dict)  # noqa: S101 - a mapping becomes a table
    return held
