"""The catalogue of indicators: what each measures and where its figures come from."""

from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from commonhaven.parties.figures.figure import Indicator
from commonhaven.reading import Problem, build, closest, load_toml

FILE = "indicators.toml"
FROM_SOURCE = ("publisher", "licence", "url", "retrieved", "edition", "read_from", "citation")
UNLISTED = date(1, 1, 1)


@cache
def _tables() -> dict[str, Any]:
    return load_toml(files("commonhaven.parties.figures").joinpath(FILE), FILE)


@cache
def indicator(name: str) -> Indicator:
    """One indicator that ships, by id, such as gdp or distance_km/LBR.

    Problem where none of that name ships.
    """
    found = find(name)
    if found is None:
        raise Problem(f"there is no indicator {name}", fix=_advice(name))
    return found


@cache
def find(name: str) -> Indicator | None:
    """One indicator that ships, or None."""
    listed = _tables()["indicators"]
    base, slash, part = name.partition("/")
    if base not in listed:
        return None
    found = _listed(base)
    if (found.layout == "years") != (not slash) or (slash and not part):
        return None
    if found.layout == "members" and part not in found.members:
        return None
    return replace(found, id=name) if slash else found


@cache
def _listed(base: str) -> Indicator:
    tables = _tables()
    about = tables["indicators"][base]
    source = tables["sources"][about["source"]]
    given = {name: source[name] for name in FROM_SOURCE if name in source}
    return build(Indicator, {**given, **about, "id": base}, f"{FILE}, {base}")


def _advice(name: str) -> str:
    base = name.partition("/")[0]
    listed = _tables()["indicators"]
    if base not in listed:
        return closest(base, listed)
    found = _listed(base)
    if found.layout == "years":
        return f"Write {base} alone."
    if found.layout == "members":
        return f"Write one of: {', '.join(f'{base}/{part}' for part in found.members)}."
    example = {"language": "language/Arabic"}.get(base, f"{base}/LBR")
    return f"Name the counterpart, such as {example}."


@cache
def shipped_indicators() -> tuple[Indicator, ...]:
    """Every indicator that ships, by id; religion/… part by part, pairs once."""
    found: list[Indicator] = []
    for base in sorted(_tables()["indicators"]):
        about = _listed(base)
        parts = sorted(about.members)
        found += [replace(about, id=f"{base}/{part}") for part in parts] or [about]
    return tuple(found)


@cache
def sources() -> dict[str, dict[str, Any]]:
    """Every source that ships: title, publisher, licence, url, edition, citation."""
    return dict(sorted(_tables()["sources"].items()))


def unlisted(name: str) -> Indicator:
    """An indicator of which nothing is known but its name: a user's own."""
    return Indicator(
        id=name, title=name, unit="", source="", publisher="", licence="not stated",
        retrieved=UNLISTED, edition="",
    )  # fmt: skip
