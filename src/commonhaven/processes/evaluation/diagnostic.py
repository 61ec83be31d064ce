"""What holds a process up and what drags it down, after the determinants named in 2005."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from commonhaven.processes.model import ID, Process
from commonhaven.reading import Problem, build, closest, described, load_toml

HOME = "commonhaven.processes.evaluation"
Answer = Literal["yes", "partly", "no", "not known"]
Verdict = Literal["strength", "mixed", "weakness", "not known"]
VERDICTS: Mapping[Answer, Verdict] = {
    "yes": "strength", "partly": "mixed", "no": "weakness", "not known": "not known",
}  # fmt: skip
UNSTEADY = ("none", "rotating")
"""Secretariats that carry nothing on from one chair to the next."""
ORDER: tuple[Verdict, ...] = ("weakness", "mixed", "not known", "strength")


@dataclass(frozen=True, slots=True, kw_only=True)
class Determinant:
    """A condition of success, as a question with what follows from its answer."""

    id: str = described("Short name", pattern=ID)
    para: str = described("Paragraph of the report of 2005")
    asks: str = described("The question")
    strength: str = described("What a yes means")
    weakness: str = described("What a no means")
    advice: str = described("What to do about a no")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Questions:
    questions: tuple[Determinant, ...] = described("The questions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """The answers that somebody gave for a process."""

    process: str = described("The process, by id", pattern=ID)
    answers: Mapping[str, Answer] = described(
        "Question → yes, partly, no or not known", default=dict
    )
    notes: Mapping[str, str] = described("Question → on what evidence", default=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One finding: what the answer to a question means."""

    question: str
    verdict: Verdict
    text: str
    advice: str
    para: str
    evidence: str


@cache
def questions() -> tuple[Determinant, ...]:
    """The questions, in the order of the file."""
    name = "diagnostic.toml"
    return build(_Questions, load_toml(files(HOME) / name, name), name).questions


def question(name: str, where: str = "") -> Determinant:
    """One question by id; Problem with the nearest where there is none."""
    for each in questions():
        if each.id == name:
            return each
    fix = closest(name, [each.id for each in questions()])
    raise Problem(f'there is no question "{name[:40]}"', where=where, fix=fix)


def read_answers(path: str) -> Questionnaire:
    """Answers from a TOML file; Problem naming file and question where one is wrong."""
    found = build(Questionnaire, load_toml(Path(path), path), path)
    for part, names in (("answers", found.answers), ("notes", found.notes)):
        for name in names:
            question(name, f"{path}, {part}")
    return found


def registered(process: Process) -> dict[str, tuple[Answer, str]]:
    """What the registry itself answers, with the evidence; nothing where it does not know."""
    found: dict[str, tuple[Answer, str]] = {}
    if process.secretariat is not None:
        seat = process.secretariat.seat
        found["secretariat"] = ("no" if seat in UNSTEADY else "yes", _says(seat))
    if process.funding is not None:
        assured = process.funding == "assessed contributions"
        found["funding"] = ("yes" if assured else "partly", _says(process.funding))
    methods = set(process.methods)
    if "ministerial" in methods and methods & {"technical workshops", "working groups"}:
        found["levels"] = ("yes", _says(", ".join(process.methods)))
    return found


def _says(what: str) -> str:
    return f"The registry says: {what}."


def diagnose(given: Questionnaire, process: Process | None = None) -> tuple[Diagnosis, ...]:
    """A finding for every question, weaknesses first.

    What nobody answered is taken from the registry where it knows, else it is not known. Where the
    chair changes without a secretariat and nobody answered on continuity, it counts as mixed: that
    is the constellation of which the report warns (para. 27).
    """
    answers = registered(process) if process else {}
    for name, answer in given.answers.items():
        answers[name] = (answer, given.notes.get(name, ""))
    if "continuity" not in answers and "no" in answers.get("secretariat", ()):
        answers["continuity"] = ("partly", "No dedicated secretariat carries knowledge on.")
    nothing: tuple[Answer, str] = ("not known", "")
    found = [_finding(each, *answers.get(each.id, nothing)) for each in questions()]
    return tuple(sorted(found, key=lambda each: ORDER.index(each.verdict)))


def _finding(each: Determinant, answer: Answer, evidence: str) -> Diagnosis:
    verdict = VERDICTS[answer]
    asks_for_more = verdict in {"weakness", "mixed"}
    texts = {"strength": each.strength, "mixed": each.asks, "not known": each.asks}
    return Diagnosis(
        question=each.id, verdict=verdict, text=texts.get(verdict, each.weakness),
        advice=each.advice if asks_for_more else "", para=each.para, evidence=evidence,
    )  # fmt: skip
