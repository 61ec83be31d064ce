"""The trace: every line of working in one list, each citing lines that stand in it."""

from collections.abc import Iterable
from dataclasses import replace

from commonhaven.allocation import Rule, Settings
from commonhaven.instruments import entry, instruments
from commonhaven.reading.canonical import plain
from commonhaven.working import Line


def parameter_lines(rule: Rule, settings: Settings, given: Iterable[str]) -> tuple[Line, ...]:
    """A line for every parameter of a rule: its value, and the article or charter it comes from."""
    chosen = set(given)
    lines = []
    for parameter in rule.parameters:
        source = parameter.source
        default = "; ".join(part for part in (source.article, source.source) if part)
        lines.append(
            Line(
                id=f"parameter:{parameter.instrument.split(':')[-1]}/{parameter.entry}",
                value=_shown(settings[parameter.name]),
                what=parameter.meaning,
                unit=source.unit,
                cite="the charter"
                if parameter.name in chosen
                else f"{default} ({source.standing})",
            )
        )
    return tuple(lines)


def _shown(value: object) -> str | int:
    shown = plain(value)
    if isinstance(shown, bool):
        return "yes" if shown else "no"
    return shown if isinstance(shown, int) else str(shown)


def with_defaults(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines, and one for each parameter that they use by its default and none of them tells."""
    kept = tuple(lines)
    used = [name for name in dangling(kept) if name.startswith("parameter:")]
    found = [default_line(name) for name in used]
    return (*kept, *(line for line in found if line is not None))


def default_line(name: str) -> Line | None:
    """The line of a number by its default; None where no instrument of ours tells it."""
    instrument, _, number = name.removeprefix("parameter:").partition("/")
    if instrument not in instruments():
        return None
    source = entry(instrument, number)
    cited = "; ".join(part for part in (source.article, source.source) if part)
    return Line(
        id=name,
        value=source.value,
        what=source.what,
        unit=source.unit,
        cite=f"{cited} ({source.standing})".strip(),
    )


def under(prefix: str, lines: Iterable[Line]) -> tuple[Line, ...]:
    """The same lines with ``prefix`` before their ids, so that one key may serve twice."""
    kept = tuple(lines)
    own = {line.id for line in kept}
    return tuple(
        replace(
            line,
            id=f"{prefix}{line.id}",
            uses=tuple(f"{prefix}{used}" if used in own else used for used in line.uses),
        )
        for line in kept
    )


def joined(*parts: Iterable[Line]) -> tuple[Line, ...]:
    """All lines in order, the first of each id."""
    seen: dict[str, Line] = {}
    for part in parts:
        for line in part:
            seen.setdefault(line.id, line)
    return tuple(seen.values())


def dangling(lines: Iterable[Line]) -> tuple[str, ...]:
    """The ids that lines use and that no line of the trace has."""
    known = {line.id for line in lines}
    return tuple(sorted({used for line in lines for used in line.uses if used not in known}))
