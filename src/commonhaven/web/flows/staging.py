"""A file into the tables in batches, so that it goes on where it was broken off.

Each batch is kept in one transaction with the position that it reaches. Nobody sees any of it
until `actions.take_in` makes a file of the whole.
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Context, Decimal, Inexact, localcontext
from itertools import islice
from pathlib import Path

from django.db import connection, transaction
from django.db.models import QuerySet

from commonhaven.exchange import BadFile, Report, Transaction
from commonhaven.exchange.cells import plain
from commonhaven.exchange.files import Progress
from commonhaven.exchange.totals import DIGITS
from commonhaven.reading import Problem
from commonhaven.web.flows.cells import Alike, alike, cells
from commonhaven.web.flows.models import Flow, FlowFile, Line, Load
from commonhaven.web.flows.reading import called, fingerprint, flow_form, flows_in, unfit
from commonhaven.web.groups.models import Group
from commonhaven.web.kit import clock
from commonhaven.web.kit.refused import Conflict

BATCH = 5000
LINES = 200_000
"""Different sums of one file at most; they alone are held in memory."""
ALIVE = timedelta(minutes=2)
"""A reading that was not touched for so long was broken off."""
NONE = Decimal(0)
COLUMNS = "load_id, number, line_id, activity, value, rest"
Rows = list[tuple[int, int, Alike, str, str, str]]


def stage(
    path: Path, name: str, *, group: Group, person: int, among: QuerySet[FlowFile],
    anew: bool = False, progress: Progress | None = None,
) -> Load:  # fmt: skip
    """Read a file into the tables, from where it was broken off; the reading with all its sums.

    ``name``: what the file is called. ``among``: the files that are there, of which it must be
    none. ``anew``: forget another file of the person that was broken off. Raises BadFile with every
    mistake, Problem for what is no file of flows, Conflict where another is being read: then
    nothing of the file is kept.
    """
    try:
        form, (sha256, size) = flow_form(path), fingerprint(path)
    except Problem as problem:
        problem.where = problem.where.replace(str(path), name)
        raise
    if there := among.filter(sha256=sha256, status=FlowFile.Status.READY).first():
        said = f"this very file was taken in already, as {there.title}"
        raise Conflict(said, fix="Nothing is left to do; or take that one out first.")
    load = _begun(group, person, Load(name=name[:200], form=form, sha256=sha256, size=size), anew)
    report = Report(where=name)
    try:
        _read(load, path, report, progress)
        if not report.mistakes and fingerprint(path) != (sha256, size):
            report.add("the file changed while it was read", file=name, row=None,
                       fix="Give a file that nobody writes to.")  # fmt: skip
        if not load.position and not report.mistakes:
            report.add("there is no flow in the file", file=name, row=None, fix="Give another.")
        report.settle()
    except BadFile as bad:
        drop(load)
        raise BadFile(tuple(called(m, path, name) for m in bad.mistakes), where=name) from None
    _add_up(load)
    return load


def _begun(group: Group, person: int, fresh: Load, anew: bool) -> Load:  # noqa: FBT001
    """The reading to go on with: of the same file, else a new one."""
    now = clock.now()
    with transaction.atomic():
        found = reading_of(group, person).select_for_update().first()
        if found is not None and found.sha256 == fresh.sha256:
            return found
        if found is not None and (not anew or found.touched_at > now - ALIVE):
            raise Conflict(
                f"another file is being taken in: {found.name}, {found.position:,} flows so far",
                fix="Go on with that file, or give it up first.",
            )
        if found is not None:
            _mark(found)
        fresh.group, fresh.person_id, fresh.touched_at = group, person, now
        fresh.save()
    sweep()
    return fresh


def reading_of(group: Group, person: int) -> QuerySet[Load]:
    """What a person's reading has left, one at most."""
    return Load.objects.filter(group=group, person_id=person, state=Load.State.READING)


def _read(load: Load, path: Path, report: Report, progress: Progress | None) -> None:
    """Keep what is not kept yet; once something is wrong, only go on looking for mistakes."""
    lines = _Lines(load)
    try:
        flows = _sound(flows_in(path, load.form, report, progress), path, report)
        numbered = islice(enumerate(flows, 1), load.position, None)
        while batch := list(islice(numbered, BATCH)):
            if not report.mistakes:
                rows = [(load.pk, n, alike(one), *cells(one)) for n, one in batch]
                _keep(load, lines, rows)
    except (BadFile, Conflict):
        raise
    except Problem as problem:
        file = problem.where or str(path)
        report.add(problem.what, file=file, row=None, fix=problem.fix)


def _sound(flows: Iterator[Transaction], path: Path, report: Report) -> Iterator[Transaction]:
    for one in flows:
        wrong = unfit(one)
        if wrong is None:
            yield one
        else:
            report.add(wrong.what, file=f"{path}, activity {one.activity[:80]!r}", row=None,
                       fix=wrong.fix)  # fmt: skip


class _Lines:
    """The lines of a reading, by what is alike in their flows."""

    def __init__(self, load: Load) -> None:
        self.load = load
        rows = Line.objects.filter(load=load).values_list(*Alike._fields, "pk")
        self.known: dict[Alike, int] = {Alike._make(row[:-1]): row[-1] for row in rows.iterator()}

    def make(self, wanted: set[Alike]) -> None:
        """Make those that are new. Problem where there are too many to be told apart."""
        new = [one for one in wanted if one not in self.known]
        if len(self.known) + len(new) > LINES:
            raise Problem(
                f"the file tells more than {LINES:,} sums apart, by year, provider and kind",
                fix="Divide it, such as one file a year.",
            )
        made = Line.objects.bulk_create(Line(load=self.load, **one._asdict()) for one in new)
        self.known.update(zip(new, (line.pk for line in made), strict=True))


@transaction.atomic
def _keep(load: Load, lines: _Lines, rows: Rows) -> None:
    """Keep a batch and the position that it reaches. Conflict where somebody else goes on."""
    last = rows[-1][1]
    if not Load.objects.filter(pk=load.pk, state=Load.State.READING, position=load.position).update(
        position=last, touched_at=clock.now()
    ):
        raise Conflict("somebody else takes the same file in, or gave it up", fix="Wait for it.")
    lines.make({row[2] for row in rows})
    table = connection.ops.quote_name(Flow._meta.db_table)  # noqa: SLF001
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s)",  # noqa: S608
            [(*row[:2], lines.known[row[2]], *row[3:]) for row in rows],
        )
    load.position = last


def _add_up(load: Load) -> None:
    """The sums of all lines, exact, in one pass over what is kept."""
    sums: dict[int, Decimal] = {}
    numbers: dict[int, int] = {}
    rows = Flow.objects.filter(load=load).values_list("line_id", "value")
    with localcontext(Context(prec=DIGITS, traps=[Inexact])):
        for line, value in rows.iterator(chunk_size=10_000):
            sums[line] = sums.get(line, NONE) + Decimal(value)
            numbers[line] = numbers.get(line, 0) + 1
    if sum(numbers.values()) != load.position:
        raise RuntimeError(f"{load.position} flows were kept, {sum(numbers.values())} are there")
    table = connection.ops.quote_name(Line._meta.db_table)  # noqa: SLF001
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET flows = %s, total = %s WHERE id = %s",  # noqa: S608
            [(numbers[line], plain(total), line) for line, total in sums.items()],
        )


def drop(load: Load) -> None:
    """Forget a reading: from now on it is nowhere, and its rows are taken away."""
    _mark(load)
    sweep()


def _mark(load: Load) -> None:
    Load.objects.filter(pk=load.pk).update(state=Load.State.DROPPED)


def sweep() -> None:
    """Take away the rows of what was dropped, a batch at a time, so that nobody waits for long."""
    for load in Load.objects.filter(state=Load.State.DROPPED):
        flows, lines = Flow.objects.filter(load=load), Line.objects.filter(load=load)
        for most in range(4 * BATCH, load.position, 4 * BATCH):
            part = flows.filter(number__lte=most)
            part._raw_delete(part.db)  # noqa: SLF001 - nothing hangs on a flow
        with transaction.atomic():
            flows._raw_delete(flows.db)  # noqa: SLF001
            lines._raw_delete(lines.db)  # noqa: SLF001 - nor, now, on a line
            Load.objects.filter(pk=load.pk).delete()
