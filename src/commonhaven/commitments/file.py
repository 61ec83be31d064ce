"""A book as one TOML file: what was promised, what happened to it, and the pool it counts for."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources.abc import Traversable

from commonhaven.commitments.acts import Act, Setting
from commonhaven.commitments.check import check
from commonhaven.commitments.model import ID, Commitment
from commonhaven.commitments.needs import Bundle, Need, by_bundle, check_need
from commonhaven.commitments.overdue import days_on
from commonhaven.commitments.staircase import Deduction, Pool
from commonhaven.reading import Problem, build, described, load_named, package_files
from commonhaven.reading.finding import Finding, error

EXAMPLES = "commonhaven.commitments.examples"


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolShare:
    """One state's fair share of a pool."""

    state: str = described("Code of the state")
    quantity: Fraction = described("Its fair share, in the pool's unit", low=0)
    source: str = described("Where it can be read, or how it was worked out", default="")
    remark: str = described("Why it pledged less, where that is known", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifted:
    """A part of a fair share that a decision lifted."""

    state: str = described("Code of the state")
    quantity: Fraction | None = described("How much; empty: all of its share", default=None)
    decision: str = described("The decision that lifted it")
    reason: str = described("Why, in a few words")


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolTable:
    """The pool that commitments count for."""

    id: str = described("Short name, as commitments name it in `under`", pattern=ID)
    title: str = described("In a few words", default="")
    unit: str = described("What the shares are counted in")
    reference: Fraction | None = described("The number announced for all", default=None, low=0)
    worth: Mapping[str, Fraction] = described(
        "Unit of a commitment: how many of the pool's units one of it is worth",
        default=dict,
        low=0,
    )
    shares: tuple[PoolShare, ...] = described("Every state's fair share")
    deductions: tuple[Lifted, ...] = described("What decisions have lifted", default=())
    source: str = described("Where it can be read", default="")

    def pool(self) -> Pool:
        """The pool. Problem for two shares of a state or a deduction without share or decision."""
        shares: dict[str, Fraction] = {}
        for share in self.shares:
            if share.state in shares:
                said = f"{share.state} has two shares"
                raise Problem(said, where=f"pool {self.id}", fix="Keep one.")
            shares[share.state] = share.quantity
        return Pool(
            id=self.id, unit=self.unit, shares=shares, worth=dict(self.worth),
            reference=self.reference,
            remarks={share.state: share.remark for share in self.shares if share.remark},
            deductions=tuple(
                Deduction(
                    state=one.state, decision=one.decision, reason=one.reason,
                    quantity=shares.get(one.state, Fraction(0))
                    if one.quantity is None
                    else one.quantity,
                )
                for one in self.deductions
            ),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class BookFile:
    """Everything that a book is made from."""

    title: str = described("What the book is about", default="")
    verifiers: tuple[str, ...] = described(
        "UNHCR and organisations with consultative status", default=("UNHCR",)
    )
    keepers: tuple[str, ...] = described("Who keeps the book: the secretariat", default=())
    reply_days: int | None = described(
        "Days for a reply to a dispute", default=None, low=1, high=366,
        source="instruments/commitments.toml",
    )  # fmt: skip
    commitments: tuple[Commitment, ...] = described("The promises")
    acts: tuple[Act, ...] = described("What happened to them", default=())
    needs: tuple[Need, ...] = described("What is needed", default=())
    bundles: tuple[Bundle, ...] = described("Support platforms", default=())
    pool: PoolTable | None = described("The pool they count for", default=None)

    def setting(self) -> Setting:
        """Who verifies and keeps the book, and how long a reply may take."""
        first = min((act.at.date() for act in self.acts), default=None)
        own = self.reply_days
        return Setting(
            verifiers=frozenset(self.verifiers), keepers=frozenset(self.keepers),
            reply_days=own if own is not None else days_on(first).reply,
        )  # fmt: skip

    def check(self) -> Iterator[Finding]:
        """Everything to mend or to weigh in its promises and needs."""
        for commitment in self.commitments:
            yield from check(commitment)
        for need in self.needs:
            yield from check_need(need)
        yield from self.whole()

    def whole(self) -> Iterator[Finding]:
        """What no part shows by itself: names, and what names them."""
        names = {
            "commitments": [one.id for one in self.commitments],
            "needs": [one.id for one in self.needs],
            "bundles": [one.id for one in self.bundles],
        }
        for kind, each in names.items():
            for name, number in Counter(each).items():
                if number > 1:
                    fix = "Give each a name of its own."
                    yield error(f"{number} {kind} are called {name}", where=kind, fix=fix)
        try:
            by_bundle(self.bundles, self.needs)
            if self.pool is not None:
                self.pool.pool()
        except Problem as problem:
            yield error(problem.what, where=problem.where, fix=problem.fix)


def shipped() -> dict[str, Traversable]:
    """The example books that ship: name → file."""
    return package_files(EXAMPLES, ".toml")


def read_book(name_or_path: str) -> BookFile:
    """A book from a TOML file, or one that ships by its name.

    Raises Problem with file, place and what to do where it is absent or wrong.
    """
    table, where = load_named(name_or_path, shipped(), "book")
    found = build(BookFile, table, where)
    for finding in found.check():
        if finding.severity == "error":
            raise finding.within(where).problem()
    return found
