"""Files of flows that a viewer may see, their sums, and the flows behind a sum."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Context, Decimal, Inexact, localcontext
from urllib.parse import urlencode

from django.db.models import Q, QuerySet, Sum

from commonhaven.exchange import Sums, Transaction
from commonhaven.exchange.totals import DIGITS
from commonhaven.exchange.transaction import STAGE, STAGES
from commonhaven.web.flows.cells import Kept, transaction
from commonhaven.web.flows.models import Flow, FlowFile, Line, Load
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Viewer, visible

PASSED_ON = "passed_on"
COLUMNS = (*STAGES[:4], PASSED_ON, STAGES[4])
"""What is summed, each by itself."""
BY: Mapping[str, Callable[[Kept], str]] = {
    "year": lambda one: str(one.year),
    "provider": lambda one: one.provider,
    "provider-type": lambda one: one.provider_type,
    "provider-country": lambda one: one.provider_country,
    "kind": lambda one: one.kind,
}
"""What sums are told apart by: as `commonhaven commitments totals --by` calls it."""
SORTS = ("key", "flows", *COLUMNS)
HELP = ("delivered", "committed", "received", "announced")
"""What givers are ranked by, the first of these that there is."""
MOST = 10
"""Givers of the ranking."""
SIZE = 50
"""Flows of a page."""
NONE = 0
"""A number that no row has: so that a page always asks as many questions."""


def files_for(viewer: Viewer, group: Group) -> QuerySet[FlowFile]:
    """The files of a group that a viewer may see, the newest first; those taken out among them."""
    rows = visible(FlowFile.objects.filter(group=group), viewer)
    return rows.select_related("group", "caucus", "load")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which flows, how their sums are told apart, and in which order; as an address says it."""

    currency: str = ""
    year: int | None = None
    provider: str | None = None
    stage: str = ""
    by: str = "year"
    sort: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Wanted":
        """What an address asks for; what cannot be understood is as if it were not there."""
        year, by, sort = asked.get("year", ""), asked.get("by", ""), asked.get("sort", "")
        stage = asked.get("stage", "")
        return cls(
            currency=asked.get("currency", "")[:3],
            year=int(year) if year.isascii() and year.isdigit() and len(year) <= 4 else None,
            provider=asked.get("provider") or ("" if "unnamed" in asked else None),
            stage=stage if stage in COLUMNS else "", by=by if by in BY else "year",
            sort=sort if sort.removeprefix("-") in SORTS else "",
        )  # fmt: skip

    def query(self, **changed: object) -> str:
        """The address that asks for this, with some of it changed."""
        one = replace(self, **changed)  # type: ignore[arg-type]
        named = {
            "currency": one.currency, "year": one.year, "provider": one.provider,
            "unnamed": "1" if one.provider == "" else "", "stage": one.stage,
            "by": "" if one.by == "year" else one.by, "sort": one.sort,
        }  # fmt: skip
        return urlencode({name: value for name, value in named.items() if value})

    @property
    def narrowed(self) -> bool:
        """Whether it is less than the whole file."""
        return self != Wanted(by=self.by, sort=self.sort)

    def lines(self, load: Load) -> list[Kept]:
        """The lines of a file that it asks for."""
        return kept(self.rows(load))

    def rows(self, load: Load) -> QuerySet[Line]:
        """The same as rows of the table."""
        rows = Line.objects.filter(load=load)
        if self.currency:
            rows = rows.filter(currency=self.currency)
        if self.year is not None:
            rows = rows.filter(year=self.year)
        if self.provider is not None:
            rows = rows.filter(provider=self.provider)
        if self.stage == PASSED_ON:
            return rows.filter(passed_on=True)
        if self.stage:
            return rows.filter(_of_stage(self.stage), passed_on=False)
        return rows


def kept(rows: QuerySet[Line]) -> list[Kept]:
    """Lines without the weight of rows."""
    return [Kept._make(row) for row in rows.values_list(*Kept._fields)]


def _of_stage(stage: str) -> Q:
    if stage == "other":
        return ~Q(kind__in=list(STAGE))
    return Q(kind__in=[kind for kind, of in STAGE.items() if of == stage])


def currencies(load: Load) -> dict[str, int]:
    """The currencies of a file with their number of flows, the most frequent first."""
    rows = Line.objects.filter(load=load).values_list("currency").annotate(number=Sum("flows"))
    return dict(rows.order_by("-number", "currency"))


def years(load: Load, currency: str) -> list[int]:
    """The years of a file in a currency, the latest first."""
    rows = Line.objects.filter(load=load, currency=currency).values_list("year", flat=True)
    return list(rows.distinct().order_by("-year"))


def sums(lines: Iterable[Kept], key: Callable[[Kept], str]) -> dict[str, Sums]:
    """The sums of some lines of one currency, told apart by a key."""
    found: dict[str, Sums] = {}
    with localcontext(Context(prec=DIGITS, traps=[Inexact])):
        for line in lines:
            one = found.setdefault(key(line), Sums())
            one.number += line.flows
            value = Decimal(line.total)
            if line.passed_on:
                one.passed_on += value
            else:
                one.stages[STAGE.get(line.kind, "other")] += value  # type: ignore[call-overload]
    return found


def column(one: Sums, name: str) -> Decimal:
    """One of the amounts of a sum."""
    return one.passed_on if name == PASSED_ON else one.stages[name]  # type: ignore[index]


def ordered(found: Mapping[str, Sums], sort: str, by: str) -> list[tuple[str, Sums]]:
    """Sums in the order asked for; by years the latest first, else by key, where none is."""
    name = sort.removeprefix("-")
    rows = sorted(found.items())
    if name in {"", "key"}:
        return rows[::-1] if sort == "-key" or (not sort and by == "year") else rows
    amount = (lambda one: one[1].number) if name == "flows" else lambda one: column(one[1], name)
    return sorted(rows, key=amount, reverse=sort.startswith("-"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The largest givers of some lines by one stage, and the place of none with nothing."""

    stage: str
    rows: tuple[tuple[str, Decimal], ...]


def ranking(lines: Iterable[Kept], stage: str = "") -> Ranking:
    """The largest givers by a stage, else by the first that there is of help given or promised."""
    found = sums(lines, BY["provider"])
    there = [name for name in HELP if any(column(one, name) for one in found.values())]
    by = stage or next(iter(there), HELP[0])
    rows = sorted(found.items(), key=lambda one: (-column(one[1], by), one[0]))
    return Ranking(
        stage=by,
        rows=tuple((name, column(one, by)) for name, one in rows[:MOST] if column(one, by)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """A page of the flows behind a sum, how many there are, and where the next page begins."""

    rows: tuple[tuple[int, Transaction], ...]
    count: int
    after: str


def behind(load: Load, wanted: Wanted, after: str = "") -> Behind:
    """The flows behind a sum: year by year and giver by giver, each in the order of the file.

    ``after``: line and number of the last flow of the page before. Whatever the number of flows,
    a page takes few short questions: what is left of its first line, the lines that it holds
    whole, and the beginning of its last.
    """
    order = wanted.rows(load).order_by("-year", "provider", "kind", "pk")
    lines = list(order.values_list("pk", "flows"))
    place = {pk: n for n, (pk, _) in enumerate(lines)}
    first, number = _cursor(after, place)
    found = list(_rows([pk for pk, _ in lines[first : first + 1]], number))
    whole, last = _room(lines[first + 1 :], SIZE + 1 - len(found))
    found += [*_rows(whole), *_rows(last)]
    found.sort(key=lambda row: (place[row.line_id], row.number))
    page, more = found[:SIZE], len(found) > SIZE
    named = Line.objects.filter(pk__in={row.line_id for row in page} or {NONE})
    by_pk = {one.pk: one for one in kept(named)}
    return Behind(
        rows=tuple((row.number, _transaction(row, by_pk)) for row in page),
        count=sum(flows for _, flows in lines),
        after=f"{page[-1].line_id}-{page[-1].number}" if more else "",
    )


def _room(lines: list[tuple[int, int]], room: int) -> tuple[list[int], list[int]]:
    """The lines that find room whole, and the one whose beginning does."""
    whole: list[int] = []
    for pk, flows in lines:
        if room <= 0:
            break
        if flows > room:
            return whole, [pk]
        whole.append(pk)
        room -= flows
    return whole, []


def _cursor(after: str, place: Mapping[int, int]) -> tuple[int, int]:
    """Which line a page begins with, and after which of its flows."""
    line, _, number = after.partition("-")
    known = line.isascii() and line.isdigit() and number.isascii() and number.isdigit()
    if not known or len(after) > 40 or int(line) not in place:
        return 0, 0
    return place[int(line)], min(int(number), 2**62)


def _rows(lines: list[int], after: int = 0) -> QuerySet[Flow]:
    rows = Flow.objects.filter(line__in=lines or [NONE], number__gt=after)
    return rows.order_by("line", "number")[: SIZE + 1]


def _transaction(row: Flow, lines: Mapping[int, Kept]) -> Transaction:
    return transaction(row.activity, row.value, row.rest, lines[row.line_id])


def flows_of(load: Load, wanted: Wanted) -> Iterator[Transaction]:
    """The flows of a file, or those that are asked for, in the order of the file."""
    lines = {line.pk: line for line in wanted.lines(load)}
    rows = Flow.objects.filter(load=load).order_by("number")
    if wanted.narrowed:
        rows = rows.filter(line__in=wanted.rows(load).values("pk"))
    for row in rows.iterator(chunk_size=2000):
        yield _transaction(row, lines)
