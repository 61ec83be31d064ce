"""A book from a file against all that would be asked if it were typed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from commonhaven.commitments import Act, Setting, book, check, check_need
from commonhaven.commitments import Commitment as Value
from commonhaven.commitments import Need as NeedValue
from commonhaven.exchange import Report, Tabled
from commonhaven.instruments import entry
from commonhaven.reading import Problem, closest, dump
from commonhaven.reading.finding import Finding
from commonhaven.web.commitments.bounds import check_act, check_need_held, check_promise
from commonhaven.web.commitments.filed import Desk, Filed, Needed, Promised
from commonhaven.web.commitments.models import Commitment
from commonhaven.web.commitments.policy import may_promise, may_state, may_step
from commonhaven.web.commitments.values import setting_of, written
from commonhaven.web.decisions.queries import stands

TITLE, BUNDLE = 200, 120
"""Letters of a title, and of a support platform's name."""
ITS_OWN = {
    "received": "Only a receiver confirms its receipt, on the promise's page once it is entered.",
    "passed on": "Who received it passes it on, on the promise's page once it is entered.",
    "verified": "UNHCR and organisations with consultative status verify, on the promise's page "
                "once it is entered.",
}  # fmt: skip
COLUMNS = {"title": "title", "unit": "unit", "day": "ends"}
"""Where a bound says that something is wrong → its column."""
GIVERS = ("announced", "committed", "delivered")
"""Acts that the secretariat or a receiver may enter for a giver."""


@dataclass(slots=True, kw_only=True)
class _Notes:
    """Mistakes with their places while a book is weighed."""

    found: Tabled
    report: Report = field(default_factory=lambda: Report(where=""))

    def add(self, problem: Problem, sheet: str, name: str, column: str = "") -> None:
        at = self.found.place(sheet, name, column)
        self.report.add(problem.what, file=at.file, row=at.row, column=at.column, fix=problem.fix)

    @contextmanager
    def at(self, sheet: str, name: str, column: str = "") -> Iterator[None]:
        """Note a Problem that is raised inside, and go on after it."""
        try:
            yield
        except Problem as problem:
            self.add(problem, sheet, name, column or COLUMNS.get(problem.where, ""))

    def sound(self, findings: tuple[Finding, ...], sheet: str, name: str) -> tuple[Finding, ...]:
        """The advice of a check; its errors are noted."""
        for one in findings:
            if one.severity == "error":
                self.add(one.problem(), sheet, name, one.where.rpartition(", ")[2])
        return tuple(one for one in findings if one.severity == "advice")


class Weighing:
    """A book against what the seat may enter, in one pass."""

    def __init__(self, found: Tabled, desk: Desk) -> None:
        self.file, self.desk = found.file, desk
        self.notes = _Notes(found=found)
        self.setting = setting_of(desk.group, (), desk.at)
        self.most = int(entry("platform", "promises_file_acts").number)

    def done(self, digest: str) -> Filed:
        """What would be entered. BadFile with every mistake, Problem for an empty book."""
        if not (self.file.commitments or self.file.needs):
            raise Problem(
                "there is neither a promise nor a need in the file",
                fix="Fill in the sheets commitments and shares, or the sheet needs.",
            )
        self._beside()
        bundles = self._bundles()
        needs = tuple(self._need(one, bundles.get(one.id, "")) for one in self.file.needs)
        promises = tuple(self._promise(one) for one in self.file.commitments)
        self.notes.report.settle()
        return Filed(digest=digest, promises=promises, needs=needs)

    def _beside(self) -> None:
        """Note what the platform takes from no file, and acts on promises that are not in it."""
        if self.file.pool is not None:
            said = Problem("a pool is not brought in", fix="Leave the sheets pool, worth, pool "
                           "shares and deductions empty: fair shares follow from the group's "
                           "decisions.")  # fmt: skip
            self.notes.add(said, "pool", self.file.pool.id)
        names = {one.id for one in self.file.commitments}
        for act in self.file.acts:
            if act.commitment not in names:
                said = Problem(f'there is no commitment "{act.commitment[:40]}" in the file',
                               fix=closest(act.commitment, names))  # fmt: skip
                self.notes.add(said, "acts", act.id, "commitment")

    def _bundles(self) -> dict[str, str]:
        """Need → the support platform that it is in."""
        found: dict[str, str] = {}
        for bundle in self.file.bundles:
            title = bundle.title.strip() or bundle.id
            with self.notes.at("bundles", bundle.id, "title"):
                _short(title, BUNDLE)
                _text(bundle)
            for name in bundle.needs:
                if name in found:
                    said = Problem(f"the need {name} is in two bundles", fix="Keep it in one.")
                    self.notes.add(said, "bundles", bundle.id, "needs")
                found[name] = title
        return found

    def _need(self, value: NeedValue, bundle: str) -> Needed:
        note, name = self.notes, value.id
        with note.at("needs", name, "by"):
            may_state(self.desk.seat, value.by)
        with note.at("needs", name, "title"):
            _short(value.title, TITLE)
        with note.at("needs", name):
            check_need_held(value)
            _text(value)
        advice = note.sound(check_need(value), "needs", name)
        return Needed(value=value, bundle=bundle, advice=advice)

    def _promise(self, value: Value) -> Promised:
        note, name = self.notes, value.id
        with note.at("commitments", name, "shares"):
            may_promise(self.desk.seat, value)
        with note.at("commitments", name, "title"):
            _short(value.title, TITLE)
        with note.at("commitments", name):
            check_promise(value)
            _text(value)
        advice = note.sound(check(value), "commitments", name)
        acts = sorted((one for one in self.file.acts if one.commitment == name), key=_when)
        own = self.desk.seat.party
        said = any(one.kind == "announced" and one.giver == own for one in acts)
        announces = own in value.givers and not said
        if len(acts) <= self.most:
            self._acts(value, acts, announces=announces)
        else:
            fix = f"Bring in {self.most} at most; enter the later ones on the promise's page."
            note.add(Problem(f"there are {len(acts)} acts on it", fix=fix), "commitments", name)
        return Promised(value=value, acts=tuple(acts), announces=announces, advice=advice)

    def _acts(self, value: Value, acts: list[Act], *, announces: bool) -> None:
        """Note each act that the seat may not enter, or that the book would refuse."""
        item = _unkept(self.desk)
        fine: set[str] = set()
        for act in acts:
            known = len(self.notes.report.mistakes)
            with self.notes.at("acts", act.id, "by"):
                _own(act, self.desk)
            with self.notes.at("acts", act.id, "at"):
                _past(act, self.desk)
            with self.notes.at("acts", act.id, "decision" if act.decision else "kind"):
                may_step(self.desk.seat, act)
            with self.notes.at("acts", act.id, "decision"):
                stands(act.decision, item)
            with self.notes.at("acts", act.id):
                check_act(act)
                _text(act)
            if len(self.notes.report.mistakes) == known:
                fine.add(act.id)
        for name, problem in _refused(value, acts, self.desk, self.setting, announces=announces):
            if name in fine:
                self.notes.add(problem, "acts", name)


def _unkept(desk: Desk) -> Commitment:
    """A promise that is kept nowhere, for whom those of the file are."""
    placing = desk.placing
    return Commitment(group=desk.group, audience=placing.audience, caucus=placing.caucus,
                      release_at=placing.release_at)  # fmt: skip


def _when(act: Act) -> float:
    return act.at.timestamp()


def _refused(
    value: Value, acts: list[Act], desk: Desk, setting: Setting, *, announces: bool
) -> Iterator[tuple[str, Problem]]:
    """The acts that the book refuses, all taken at the instant at which they are entered."""
    done = [replace(one, at=desk.at) for one in acts]
    if announces and sum(giver == desk.seat.party for giver in value.givers) == 1:
        name = "on entry"
        while any(one.id == name for one in acts):
            name += "'"
        mine = value.share(desk.seat.party).value
        done.insert(0, Act(id=name, kind="announced", commitment=value.id, at=desk.at,
                           by=desk.seat.party, giver=desk.seat.party, quantity=mine))  # fmt: skip
    for one in book([value], done, desk.at, setting).refused:
        yield one.act.id, Problem(one.why, fix=one.fix)


def _own(act: Act, desk: Desk) -> None:
    """Problem for an act of another party."""
    if act.by != desk.seat.party:
        fix = f"{act.by} enters it, on the promise's page once it is entered."
        if act.kind in GIVERS:
            fix += " The secretariat or the receiver may in its own name, with evidence."
        raise Problem(
            f"it says that {act.by} did it; you act for {desk.seat.party}",
            fix=ITS_OWN.get(act.kind, fix),
        )


def _past(act: Act, desk: Desk) -> None:
    """Problem for an act of a day to come."""
    if act.at > desk.at:
        raise Problem(f"{act.at.date()} is still to come", fix="Enter it when it is done.")


def _short(text: str, most: int) -> None:
    if len(text) > most:
        raise Problem(f"it has {len(text)} letters", fix=f"Say it in {most} at most.")


def _text(value: Any) -> None:  # noqa: ANN401
    """Problem for a text that no table holds, or a value that could not be read back."""
    for text in _texts(dump(value)):
        if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
            raise Problem("a text holds a sign that is none", fix="Type it anew.")
    if not hasattr(value, "needs"):
        written(value)


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)
