"""The difference between two versions of a charter, in sentences a delegate understands."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction

from commonhaven.allocation import Rule
from commonhaven.charter.known import known_rules, known_scales, state_name
from commonhaven.charter.model import Charter
from commonhaven.charter.moves import Change, limit_changes, member_changes, participant_changes
from commonhaven.charter.phrases import PARAMETERS, PHRASES, Phrase, sentence, shown
from commonhaven.reading import Problem, exact

APART = (
    "group.name",
    "convening.options",
    "convening.weights",
    "responsibility.parameters",
    "responsibility.limits",
    "costs.parameters",
)


def diff(old: Charter, new: Charter) -> tuple[Change, ...]:
    """Every change from ``old`` to ``new``, in the order of the charter's tables.

    The order in which members, participants and limits are listed is no change.
    """
    return (
        *_terms(old.group, new.group, "group"),
        *_names(old.group.name, new.group.name),
        *member_changes(old, new),
        *participant_changes(old.participants, new.participants),
        *_terms(old.convening, new.convening, "convening"),
        *_weights(old.convening.weights, new.convening.weights),
        *_options(old.convening.options, new.convening.options),
        *_terms(old.responsibility, new.responsibility, "responsibility"),
        *_parameters(old, new, "responsibility"),
        *limit_changes(old.responsibility.limits, new.responsibility.limits),
        *_terms(old.costs, new.costs, "costs"),
        *_parameters(old, new, "costs"),
        *_terms(old.fund, new.fund, "fund"),
        *_terms(old.protection, new.protection, "protection"),
        *_terms(old.review, new.review, "review"),
    )


def _terms(old: object, new: object, path: str) -> Iterator[Change]:
    """Changes in the simple fields of a table and of the tables inside it."""
    for field in fields(old):  # type: ignore[arg-type]
        inside = f"{path}.{field.name}"
        one, other = getattr(old, field.name), getattr(new, field.name)
        if inside in APART or one == other:
            continue
        if is_dataclass(one):
            yield from _terms(one, other, inside)
        else:
            yield _change(inside, phrase(inside), one, other)


def phrase(path: str) -> Phrase:
    """The words for a term; a plain description for one that has none of its own."""
    if path in PHRASES:
        return PHRASES[path]
    table, _, name = path.rpartition(".")
    return Phrase(subject=f"The term {name.replace('_', ' ')} in {table}")


def _names(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for language in sorted(old.keys() | new.keys()):
        one, other = old.get(language), new.get(language)
        if one != other:
            words = Phrase(subject=f"The name of the group ({language})")
            yield _change(f"group.name.{language}", words, one, other)


def _weights(old: Mapping[str, Fraction], new: Mapping[str, Fraction]) -> Iterator[Change]:
    for state in sorted(old.keys() | new.keys()):
        one, other = old.get(state), new.get(state)
        if one != other:
            words = Phrase(subject=f"The weight of {state_name(state)} in a weighted decision")
            yield _change(f"convening.weights.{state}", words, one, other)


def _options(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for name in sorted(old.keys() | new.keys()):
        one, other = (each.get(name, "the procedure's own") for each in (old, new))
        if one != other:
            subject = f"The option {name.replace('_', ' ')} of the procedure"
            yield _change(f"convening.options.{name}", Phrase(subject=subject), one, other)


def _parameters(old: Charter, new: Charter, table: str) -> Iterator[Change]:
    before, after = getattr(old, table).parameters, getattr(new, table).parameters
    rule, previous = _rule(new, table), _rule(old, table)
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) == after.get(name):
            continue
        one = before[name] if name in before else _default(previous, name)
        other = after[name] if name in after else _default(rule, name)
        words = PARAMETERS.get(name) or _parameter_phrase(table, name)
        yield Change(
            what=f"{table}.parameters.{name}",
            old=one,
            new=other,
            sentence=_parameter_sentence(words, one, other),
        )


def _rule(charter: Charter, table: str) -> Rule | None:
    if table == "responsibility":
        return known_rules().get(charter.responsibility.rule)
    return known_scales().get(charter.costs.scale)


def _default(rule: Rule | None, name: str) -> str:
    parameter = next((p for p in rule.parameters if p.name == name), None) if rule else None
    return f"the default {parameter.source.value}" if parameter else "none"


def _parameter_phrase(table: str, name: str) -> Phrase:
    of = "rule" if table == "responsibility" else "scale"
    return Phrase(subject=f"The parameter {name.replace('_', ' ')} of the {of}")


def _parameter_sentence(words: Phrase, old: str, new: str) -> str:
    """As `sentence`, with the numbers as the charter writes them."""
    one, other = _number(old), _number(new)
    if one is None or other is None:
        return sentence(words, old, new)
    if one == other:
        return f"{words.subject} is written {new} instead of {old}: the number is the same."
    verb, means = ("rises", words.rises) if other > one else ("falls", words.falls)
    return f"{words.subject} {verb} from {old} to {new}" + (f": {means}." if means else ".")


def _number(text: str) -> Fraction | None:
    try:
        return exact(text.removeprefix("the default "))
    except Problem:
        return None


def _change(what: str, words: Phrase, old: object, new: object) -> Change:
    style = words.style
    said = sentence(words, old, new)
    return Change(what=what, old=shown(old, style), new=shown(new, style), sentence=said)
