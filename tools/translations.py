"""The interface's strings: take them from the source, keep the catalogues in step, compile them.

    python tools/translations.py update     every catalogue has exactly the strings of the source
    python tools/translations.py missing    list what is not translated yet
    python tools/translations.py compile    write the .mo that the platform reads

Needs the packages of the platform and no gettext tools.
"""

import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import template

from commonhaven.charter.model import Tier
from commonhaven.indicators import framework, measures
from commonhaven.indicators.scope import regions
from commonhaven.parties.figures import shipped_indicators
from commonhaven.procedures import Position, modes, procedure
from commonhaven.regime.fitness import CRITERIA
from commonhaven.regime.obligations import What

SOURCE = Path(__file__).resolve().parents[1] / "src" / "commonhaven"
WEB = SOURCE / "web"
ROOMS = (
    "allocation", "charter", "commitments", "costs", "indicators", "instruments", "parties",
    "procedures", "processes", "regime", "situations",
)  # fmt: skip
"""Rooms whose sentences the platform shows."""
LOCALE = WEB / "locale"
PROCEDURES = ("hathaway-neve", "silence-procedure", "written-procedure")
"""Procedures whose texts are translated: those that meetings run by themselves."""
WORDS = (
    "people", "permanent places", "reports", "reviews", "chair", "secretariat", "yes or no",
    "adopted", "not adopted", "no quorum", "capacity", "costs", "key", "score", "host", "origin",
    "donor", "destination",
)  # fmt: skip
"""Units, roles and results that sentences name."""
LANGUAGES = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
          "n%100>=11 && n%100<=99 ? 4 : 5);",
    "es": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || "
          "n%100>14) ? 1 : 2);",
    "zh_Hans": "nplurals=1; plural=0;",
}  # fmt: skip
"""Catalogue → its plural forms."""
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "N_": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
SAID = {"say": None, "several": (1, 2)}
"""How the rooms mark a sentence; see `commonhaven.saying`."""
FIXED = datetime(2026, 1, 1, tzinfo=UTC)
"""The date in compiled catalogues: theirs is that of the commit."""
Key = tuple[str | None, str, str]
"""Context, singular, plural (empty where there is none)."""


def key(context: str | None, said: str | tuple[str, ...] | list[str]) -> Key:
    """How a string is told from others."""
    parts = (said,) if isinstance(said, str) else tuple(said)
    return (context, parts[0], parts[1] if len(parts) > 1 else "")


def source() -> set[Key]:
    """Every string of the source."""
    found: set[Key] = set()
    for path in sorted(WEB.rglob("*.py")):
        if "migrations" not in path.parts:
            found |= set(_strings(path.read_bytes()))
    for path in sorted([*WEB.rglob("templates/**/*.html"), *WEB.rglob("templates/**/*.txt")]):
        text = template.templatize(path.read_text(encoding="utf-8"), origin=str(path))
        found |= set(_strings(text.encode()))
    for path in sorted(path for room in ROOMS for path in (SOURCE / room).rglob("*.py")):
        found |= set(_strings(path.read_bytes(), SAID))
    found |= {key(None, text) for text in terms()}
    return {one for one in found if one[1]}


def _strings(code: bytes, keywords: Mapping[str, Any] = KEYWORDS) -> Iterator[Key]:
    for _line, said, _notes, context in extract("python", BytesIO(code), keywords, (), {}):
        yield key(context, said)


def terms() -> Iterator[str]:
    """Texts that stand in data and not in code: procedures in use, and words of fixed lists."""
    for name in PROCEDURES:
        way = procedure(name)
        yield from (text for stage in way.stages for text in (stage.title, stage.outcome))
        yield from (text for act in way.acts for text in (act.what, act.says))
        yield from (datum.what for act in way.acts for datum in act.data)
        yield from (
            text for limit in way.limits for text in (limit.what, limit.silence, limit.says_if_met)
        )
    yield from (mode.title for mode in modes().values())
    yield from (*get_args(Position), *get_args(What), *CRITERIA, *get_args(Tier))
    yield from (indicator.unit for indicator in shipped_indicators())
    held = framework()
    yield from (part.title for part in (*held.objectives, *held.outcomes, *held.indicators))
    yield from (one.unit for one in held.indicators)
    yield from (text for one in measures().values() for text in (one.title, one.unit))
    yield from regions()
    yield from WORDS


def po(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def catalogue(language: str) -> Catalog:
    """The catalogue of a language; empty where there is none yet."""
    path = po(language)
    if not path.exists():
        return Catalog(locale=language, domain="django")
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="django")


def held(catalog: Catalog) -> dict[Key, Message]:
    """The strings of a catalogue."""
    return {key(one.context, one.id): one for one in catalog if one.id}


def missing(language: str, strings: set[Key]) -> list[Key]:
    """The strings that have no translation, or a doubtful one."""
    known = held(catalogue(language))
    return sorted(
        (one for one in strings if one not in known or not _whole(known[one])),
        key=lambda one: one[1],
    )


def _whole(message: Message) -> bool:
    said = message.string or ""
    parts = [said] if isinstance(said, str) else list(said)
    return bool(parts) and all(parts) and not message.fuzzy


def update(language: str, strings: set[Key], given: dict[Key, list[str]] | None = None) -> None:
    """Write the catalogue anew: the strings of the source, with the translations known."""
    known = held(catalogue(language))
    fresh = Catalog(locale=language, domain="django", fuzzy=False)
    plurals = int(LANGUAGES[language].partition("=")[2].partition(";")[0])
    for one in sorted(strings, key=lambda each: (each[1], each[2], each[0] or "")):
        context, single, many = one
        old = known.get(one)
        said = (given or {}).get(one) or _parts(old)
        if many:
            whole = tuple(said) if len(said) == plurals else ("",) * plurals
            added = fresh.add((single, many), whole, context=context)
        else:
            added = fresh.add(single, said[0] if said else "", context=context)
        if "%(" in single:
            added.flags.add("python-format")
    buffer = BytesIO()
    write_po(buffer, fresh, width=100, omit_header=True, no_location=True)
    head = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        f'"Content-Transfer-Encoding: 8bit\\n"\n"Language: {language}\\n"\n'
        f'"Plural-Forms: {LANGUAGES[language]}\\n"\n\n'
    )
    po(language).parent.mkdir(parents=True, exist_ok=True)
    po(language).write_text(head + buffer.getvalue().decode(), encoding="utf-8")


def _parts(message: Message | None) -> list[str]:
    if message is None:
        return []
    said = message.string or ""
    return [said] if isinstance(said, str) else list(said)


def compile_(language: str) -> None:
    """Write the compiled catalogue beside the other: the same bytes for the same strings."""
    catalog = catalogue(language)
    catalog.project, catalog.version = "Commonhaven", ""
    catalog.last_translator, catalog.language_team = "", ""
    catalog.creation_date = catalog.revision_date = FIXED
    with po(language).with_suffix(".mo").open("wb") as file:
        write_mo(file, catalog)


def main(act: str) -> int:
    """Do one act for every language; 1 where something is missing."""
    settings.configure(USE_I18N=True, LANGUAGES=[])
    strings = source()
    gaps = 0
    for language in LANGUAGES:
        if act == "update":
            update(language, strings)
        elif act == "compile":
            compile_(language)
        elif act == "missing":
            for context, single, _ in missing(language, strings):
                gaps += 1
                sys.stdout.write(f"{language}\t{context or ''}\t{single}\n")
        else:
            sys.stderr.write(f"{__doc__}\n")
            return 2
    return 1 if gaps else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
