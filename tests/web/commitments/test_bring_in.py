"""Promises and needs from a file: looked at, then entered, all of it or nothing."""

import html
import io
import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import count
from typing import Any

import openpyxl
import pytest
from cast import START
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from commonhaven.commitments import (
    Act,
    BookFile,
    Bundle,
    Commitment,
    Condition,
    Evidence,
    Instalment,
    Need,
    Share,
)
from commonhaven.exchange import write_book_xlsx, write_book_zip
from commonhaven.reading import Problem, canonical, dump
from commonhaven.web.accounts.models import Seat as SeatRow
from commonhaven.web.accounts.models import User
from commonhaven.web.accounts.queries import viewer_of
from commonhaven.web.commitments.bringing import bring_in, filed, largest, most_rows
from commonhaven.web.commitments.filed import Desk
from commonhaven.web.commitments.models import Commitment as Row
from commonhaven.web.commitments.models import Need as NeedRow
from commonhaven.web.commitments.models import Step
from commonhaven.web.flows.promises import held
from commonhaven.web.groups.models import CharterVersion, Group, Membership
from commonhaven.web.kit import clock
from commonhaven.web.kit.audience import Audience, Seat, Viewer
from commonhaven.web.record.actions import Placing
from commonhaven.web.record.models import Entry

Seats = Callable[[str], Seat]
Viewers = Callable[[str], Viewer]
Clients = Callable[[str], Client]
BASE = "/groups/west-africa/promises/"
PAGE = f"{BASE}bring-in/"
API = "/api/v1/groups/west-africa/bring-in"
PAPER = (Evidence(what="agreement", where="REF 1"),)
HELD = re.compile(r'name="held" value="([^"]+)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def promised(name: str = "schools", **more: Any) -> Commitment:
    fields: dict[str, Any] = {
        "id": name, "title": name.title(), "kind": "financial", "unit": "USD", "to": ("GHA",),
        "shares": (Share(giver="FRA", quantity=Fraction(900)),), "places": ("GHA",),
        "beneficiaries": "Pupils from Liberia", "indicator": "places counted", "additional": "new",
        "ends": date(2027, 12, 31),
    }  # fmt: skip
    return Commitment(**{**fields, **more})


def needed(name: str = "books", **more: Any) -> Need:
    fields: dict[str, Any] = {
        "id": name, "title": name.title(), "by": "FRA", "kind": "financial", "unit": "USD",
        "quantity": Fraction(5), "places": ("GHA",), "ends": date(2027, 1, 31), "basis": "ministry",
    }  # fmt: skip
    return Need(**{**fields, **more})


def done(name: str, kind: str, at: datetime, **more: Any) -> Act:
    fields: dict[str, Any] = {
        "id": name, "kind": kind, "commitment": "schools", "at": at, "by": "FRA", "giver": "FRA",
        "quantity": Fraction(100),
    }  # fmt: skip
    return Act(**{**fields, **more})


def packed(file: BookFile, form: str = "zip") -> bytes:
    out = io.BytesIO()
    (write_book_zip if form == "zip" else write_book_xlsx)(file, out)
    return out.getvalue()


def look(client: Client, content: bytes, name: str = "b.zip", **more: Any) -> Any:
    given = {"audience": "members", **more, "file": SimpleUploadedFile(name, content)}
    return client.post(PAGE, given)


def carried(page: str) -> dict[str, str]:
    """What the page that was looked at sends back, as a browser would."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', page))


def enter(client: Client, page: Any, **more: str) -> Any:
    return client.post(PAGE, {**carried(page.text), **more})


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_empty_template_is_filled_in_looked_at_and_entered(
    group: Group, signed_in: Clients, form: str
) -> None:
    client = signed_in("france")
    page = client.get(PAGE).text
    assert f"{PAGE}template/{form}/" in page
    assert PAGE in client.get(BASE).text
    empty = client.get(f"{PAGE}template/{form}/")
    end = {"xlsx": "xlsx", "csv": "zip"}[form]
    assert empty["Content-Disposition"] == f'attachment; filename="promises.{end}"'
    nothing = look(client, empty.content, f"b.{end}").text
    assert "There is neither a promise nor a need in the file." in nothing
    filled = packed(BookFile(commitments=(promised(),)), "zip")
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(empty.content))
        for sheet, given in {
            "commitments": {"id": "schools", "title": "Schools", "kind": "financial",
                            "unit": "USD", "to": "Ghana", "places": "GHA", "ends": date(2027, 1, 1),
                            "beneficiaries": "Pupils", "indicator": "counted", "additional": "new"},
            "shares": {"commitment": "schools", "giver": "France", "quantity": 900},
        }.items():  # fmt: skip
            columns = [cell.value for cell in book[sheet][1]]
            for name, value in given.items():
                book[sheet].cell(2, columns.index(name) + 1, value)
        out = io.BytesIO()
        book.save(out)
        filled = out.getvalue()
    shown = look(client, filled, f"b.{end}", audience="public")
    assert (shown.status_code, Row.objects.count()) == (200, 0)
    assert "Nothing is entered yet" in shown.text
    answer = enter(client, shown)
    assert (answer.status_code, answer["Location"]) == (302, BASE)
    row = Row.objects.get()
    assert (row.title, row.party, row.audience) == ("Schools", "FRA", "public")
    assert [(one.giver, one.announced) for one in row.shares.all()] == [("FRA", 900)]
    assert "promises 1, needs 0" in client.get(BASE).text


def test_each_item_stands_in_the_record_as_if_it_were_typed(
    group: Group, signed_in: Clients, now: datetime
) -> None:
    typed = {"title": "Schools", "kind": "financial", "unit": "USD", "quantity": "900",
             "to": "Ghana", "ends": "2027-12-31", "additional": "new", "earmarking": "unearmarked",
             "spent": "receiving country", "audience": "members", "weighed": "yes"}  # fmt: skip
    client = signed_in("france")
    assert client.post(f"{BASE}promise/", typed).status_code == 302
    by_hand = told(1)
    file = BookFile(commitments=(promised(), promised("roads")), needs=(needed(),))
    answer = enter(client, look(client, packed(file)))
    assert answer.status_code == 302
    assert [act for act, _ in told(4)[2:]] == [
        "need stated", "promise entered", "promise announced", "promise entered",
        "promise announced",
    ]  # fmt: skip
    schools = [(act, body) for act, body in told(4) if '"title":"Schools"' in body]
    assert schools[:2] == by_hand == schools[2:]
    assert not NeedRow.objects.filter(status="open").exists()


def told(_least: int) -> list[tuple[str, str]]:
    """The acts of the record with what each says, the numbers of promises put aside."""
    rows = Entry.objects.order_by("number").values_list("act", "body")
    return [(act, re.sub(r"c\d+", "c", body)) for act, body in rows]


def test_every_mistake_is_told_and_nothing_is_written(
    group: Group, signed_in: Clients, now: datetime
) -> None:
    before, then = Entry.objects.count(), now - timedelta(days=9)
    file = BookFile(
        commitments=(
            promised(title="x" * 201), promised("roads", ends=date(2500, 1, 1)),
            promised("wells", shares=(Share(giver="DEU", quantity=Fraction(1)),)),
        ),
        acts=(
            done("1", "committed", then, evidence=PAPER),
            done("2", "delivered", then, evidence=PAPER, to="GHA", quantity=Fraction(101)),
            done("3", "received", then, by="GHA", giver="", of="2"),
            done("4", "verified", then, by="FRA", giver="", of="2", evidence=PAPER),
            done("5", "committed", now + timedelta(days=2), evidence=PAPER),
            done("6", "announced", then, commitment="canals"),
            done("7", "withdrawn", then, says="so", decision="decision/1"),
        ),
        needs=(needed(by="GHA"), needed("b", title="\0")),
        bundles=tuple(Bundle(id=one, title=one, needs=("b",)) for one in ("p1", "p2")),
    )  # fmt: skip
    answer = look(signed_in("france"), packed(file))
    assert answer.status_code == 422
    cells = re.findall(
        r'<tr><td dir="auto">(.*?)</td><td class="n">(.*?)</td><td dir="auto">(.*?)</td>'
        r'<th scope="row" class="wide" dir="auto">(.*?)</th><td class="wide" dir="auto">(.*?)</td>',
        html.unescape(answer.text),
    )  # fmt: skip
    assert [cell[:3] for cell in cells] == [
        ("acts.csv", "7", "commitment"), ("bundles.csv", "3", "needs"), ("needs.csv", "2", "by"),
        ("needs.csv", "3", "–"), ("commitments.csv", "2", "title"), ("acts.csv", "4", "by"),
        ("acts.csv", "5", "kind"), ("acts.csv", "8", "decision"), ("acts.csv", "8", "decision"),
        ("acts.csv", "6", "at"), ("acts.csv", "3", "–"), ("commitments.csv", "3", "ends"),
        ("shares.csv", "4", "–"),
    ]  # fmt: skip
    assert [cell[3:] for cell in cells if cell[0] == "acts.csv"][1:3] == [
        ("It says that GHA did it; you act for FRA", "Only a receiver confirms its receipt, on the "
         "promise's page once it is entered."),
        ("This seat does not verify", "UNHCR and organisations with consultative status do."),
    ]  # fmt: skip
    assert all(what and fix for _, _, _, what, fix in cells)
    assert Row.objects.count() == NeedRow.objects.count() == Step.objects.count() == 0
    assert Entry.objects.count() == before


@pytest.mark.parametrize("who", ["nobody", "analyst", "observer", "administrator"])
def test_whoever_promises_nothing_brings_nothing_in(
    group: Group, signed_in: Clients, who: str
) -> None:
    client, file = signed_in(who), packed(BookFile(commitments=(promised(),)))
    assert client.get(PAGE).status_code == 403
    assert look(client, file).status_code == 403
    assert client.post(PAGE, {"held": "x"}).status_code == 403
    assert f"{PAGE}" not in client.get(BASE).text
    assert client.get(f"{PAGE}template/pdf/").status_code == 404


def test_the_secretariat_enters_for_givers_what_they_tell_it(
    group: Group, signed_in: Clients, now: datetime
) -> None:
    paper = done("1", "committed", now - timedelta(days=3), by="UNHCR", evidence=PAPER)
    client = signed_in("secretariat")
    unproved = BookFile(commitments=(promised(),), acts=(replace(paper, evidence=()),))
    assert "UNHCR cannot say this for FRA" in look(client, packed(unproved)).text
    shown = look(client, packed(BookFile(commitments=(promised(),), acts=(paper,))))
    assert enter(client, shown).status_code == 302
    share = Row.objects.get().shares.get()
    assert (share.announced, share.committed, share.delivered) == (100, 100, 0)
    assert list(Step.objects.values_list("kind", "party")) == [("committed", "UNHCR")]


def test_what_the_file_says_was_announced_is_not_announced_again(
    group: Group, signed_in: Clients, now: datetime
) -> None:
    said = done("1", "announced", now - timedelta(days=3))
    client = signed_in("france")
    shown = look(client, packed(BookFile(commitments=(promised(),), acts=(said,))))
    assert enter(client, shown).status_code == 302
    assert Row.objects.get().shares.get().announced == 100


def test_advice_is_weighed_before_it_is_entered(group: Group, signed_in: Clients) -> None:
    client = signed_in("france")
    shown = look(client, packed(BookFile(commitments=(promised(indicator=""),))))
    assert "It does not say how one will know that it was done." in shown.text
    again = enter(client, shown)
    assert (again.status_code, Row.objects.count()) == (422, 0)
    assert "Say that you have weighed the advice" in again.text
    assert enter(client, again, weighed="yes").status_code == 302


def test_two_clicks_are_one_entry_and_a_file_is_taken_in_once(
    group: Group, signed_in: Clients
) -> None:
    client, file = signed_in("france"), BookFile(commitments=(promised(),))
    shown = look(client, packed(file))
    first, second = enter(client, shown), enter(client, shown)
    assert (first["Location"], second["Location"]) == (BASE, BASE)
    assert Row.objects.count() == 1
    assert "This very file was taken in on" in look(client, packed(file)).text
    afresh = look(signed_in("france"), packed(file))
    assert afresh.status_code == 422
    changed = look(client, packed(replace(file, title="Later")))
    assert enter(client, changed).status_code == 302
    assert Row.objects.count() == 2


def test_a_file_that_was_taken_in_is_told_only_to_who_sees_it(
    group: Group, seat: Seats, viewer: Viewers, signed_in: Clients, now: datetime
) -> None:
    shares = tuple(Share(giver=one, quantity=Fraction(9)) for one in ("FRA", "GIN"))
    content = packed(BookFile(commitments=(promised(shares=shares),)))
    caucus = group.caucuses.create(name="Donors", parties=["FRA"])
    placing = Placing(audience=Audience.CAUCUS, caucus=caucus)
    desk = Desk(group=group, seat=seat("france"), at=now, placing=placing)
    bring_in(group=group, filed=filed(content, "b.zip", desk), by=desk.seat,
             viewer=viewer("france"), at=now, placing=placing)  # fmt: skip
    hidden = look(signed_in("guinea"), content)
    assert (hidden.status_code, "taken in" in hidden.text) == (200, False)
    assert "This very file was taken in" in look(signed_in("france"), content).text
    Row.objects.update(audience="members", caucus=None)
    assert "This very file was taken in" in look(signed_in("guinea"), content).text


def test_what_was_looked_at_is_the_senders_own(group: Group, signed_in: Clients) -> None:
    france = signed_in("france")
    shown = look(france, packed(BookFile(commitments=(promised(),))))
    (held_,) = HELD.findall(shown.text)
    for client, given in ((france, f"{held_}x"), (signed_in("secretariat"), held_), (france, "")):
        answer = client.post(PAGE, {"held": given, "audience": "members"})
        assert (answer.status_code, "Choose it again." in answer.text) == (422, True)
    assert Row.objects.count() == 0


def test_a_file_is_bounded(group: Group, signed_in: Clients, now: datetime) -> None:
    client = signed_in("france")
    assert "is larger than" in look(client, b"x" * (largest() + 1)).text
    many = BookFile(commitments=tuple(promised(f"p{n}") for n in range(most_rows())))
    assert "the tables have more than 500 rows together" in look(client, packed(many)).text
    acts = tuple(done(f"{n}", "announced", now, quantity=Fraction(1)) for n in range(51))
    long = look(client, packed(BookFile(commitments=(promised(),), acts=acts)))
    assert "There are 51 acts on it" in long.text
    assert "neither a workbook nor a zip" in look(client, b"a,b", "b.csv").text


def test_all_of_it_is_entered_or_nothing(
    group: Group, seat: Seats, viewer: Viewers, now: datetime
) -> None:
    """What came between the look and the entry is met in the middle: nothing stays."""
    desk = Desk(group=group, seat=seat("france"), at=now, placing=Placing())
    good = filed(packed(BookFile(commitments=(promised(),), needs=(needed(),))), "b.zip", desk)
    late = replace(good.promises[0], acts=(done("1", "committed", now, evidence=PAPER),) * 10)
    before = Entry.objects.count()
    with pytest.raises(Problem, match="would sign more than its share"):
        bring_in(group=group, filed=replace(good, promises=(*good.promises, late)), by=desk.seat,
                 viewer=viewer("france"), at=now, placing=Placing())  # fmt: skip
    assert Row.objects.count() == NeedRow.objects.count() == 0
    assert Entry.objects.count() == before


@pytest.fixture
def second(group: Group, person: Callable[[str], User], now: datetime) -> Group:
    """A group like the first, with nothing in its book."""
    made = Group.objects.create(slug="second", name=group.name, zone=group.zone, created_at=now)
    charter = CharterVersion.objects.get(group=group)
    charter.pk, charter.group = None, made
    charter.save()
    for place in Membership.objects.filter(group=group):
        place.pk, place.group, place.charter = None, made, charter
        place.save()
    SeatRow.objects.create(user=person("france"), group=made, party="FRA", since=START,
                           capacity="head of delegation", accepted_at=now)  # fmt: skip
    return made


def plainly(file: BookFile) -> str:
    """A book as text, its names numbered in their order, its acts at no instant."""
    text = canonical(dump(replace(file, acts=tuple(replace(a, at=file_day) for a in file.acts))))
    for letter in "cn":
        names = dict.fromkeys(re.findall(rf'"({letter}\d+)\b', text))
        number = dict(zip(names, count(1), strict=False))
        text = re.sub(rf'"({letter}\d+)\b', lambda m: f'"{letter}#{number[m[1]]}', text)  # noqa: B023
    return text


file_day = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("form", ["zip", "xlsx"])
def test_a_groups_book_comes_out_and_goes_into_an_empty_group_as_the_same(
    group: Group, second: Group, signed_in: Clients, person: Callable[[str], User], now: datetime,
    form: str,
) -> None:  # fmt: skip
    then = now - timedelta(days=5)
    parts = (Instalment(id="a", due=date(2026, 6, 1), quantity=Fraction(400)),
             Instalment(id="b", due=date(2027, 6, 1), quantity=Fraction(500)))  # fmt: skip
    made = BookFile(
        commitments=(
            promised(instalments=parts, conditions=(Condition(id="1", what="a law"),), need="books",
                     people=7, objectives=(1, 3), to=("GHA", "IOM")),
            promised("visits", title='Séjour; "x"', kind="relocation", unit="people", to=()),
        ),
        acts=(
            done("1", "announced", then, quantity=Fraction("450.5")),
            done("2", "committed", then, quantity=Fraction(300), evidence=PAPER),
            done("3", "delivered", then, evidence=PAPER, to="GHA"),
            done("4", "condition met", then, giver="", quantity=None, condition="1", says="law"),
            done("5", "withdrawn", then, says="less", quantity=Fraction(50)),
        ),
        needs=(needed(), needed("maps", kind="technical", unit="items", cost=Fraction(3),
                                currency="EUR")),
        bundles=(Bundle(id="x", title="Schooling", needs=("books", "maps")),),
    )  # fmt: skip
    client = signed_in("france")
    assert enter(client, look(client, packed(made)), weighed="yes").status_code == 302
    url = {"zip": "csv", "xlsx": "xlsx"}[form]
    out = client.get(f"/groups/west-africa/flows/promises/{url}/").content
    viewer = viewer_of(person("france"), clock.now())
    (own,) = viewer.seats_in(second.pk)
    desk = Desk(group=second, seat=own, at=clock.now(), placing=Placing())
    found = filed(out, f"b.{form}", desk)
    assert found.mistakes == ()
    bring_in(group=second, filed=found, by=own, viewer=viewer, at=desk.at, placing=Placing())
    later = viewer_of(person("france"), clock.now())
    first, other = (held(later, one).file for one in (group, second))
    assert len(first.acts) == 6
    assert plainly(other) == plainly(first)


def test_the_book_goes_out_as_each_sees_it(
    group: Group, seat: Seats, viewer: Viewers, now: datetime
) -> None:
    for name, audience in (("roads", Audience.PUBLIC), ("schools", Audience.MEMBERS)):
        placing = Placing(audience=audience)
        desk = Desk(group=group, seat=seat("france"), at=now, placing=placing)
        file = BookFile(commitments=(promised(name),), needs=(needed(f"n-{name}"),),
                        bundles=(Bundle(id="x", title=name, needs=(f"n-{name}",)),))  # fmt: skip
        bring_in(group=group, filed=filed(packed(file), "b.zip", desk), by=desk.seat,
                 viewer=viewer("france"), at=now, placing=placing)  # fmt: skip
    for who, titles in (("ghana", ["roads", "schools"]), ("ngo", ["roads"]), ("nobody", ["roads"])):
        seen = held(viewer(who), group).file
        assert [one.title.lower() for one in seen.commitments] == titles
        assert [one.title.lower() for one in seen.needs] == [f"n-{one}" for one in titles]
        assert [one.title for one in seen.bundles] == titles


def test_the_api_enters_a_file_once(group: Group, signed_in: Clients, now: datetime) -> None:
    def send(who: str, file: BookFile, **headers: str) -> Any:
        handed = {"name": "b.zip", "base64": b64encode(packed(file)).decode()}
        return signed_in(who).post(
            API, {"file": handed, "audience": "public"}, content_type="application/json",
            headers=headers,
        )  # fmt: skip

    good = BookFile(commitments=(promised(indicator=""),), needs=(needed(),))
    acts = (done("1", "received", now, by="GHA"),)
    wrong = send("france", replace(good, acts=acts))
    assert wrong.status_code == 422
    assert wrong.json() == {
        "what": "acts.csv, row 2, column by: it says that GHA did it; you act for FRA. Only a "
                "receiver confirms its receipt, on the promise's page once it is entered.",
        "where": "file", "fix": "Nothing was entered: mend it all.",
    }  # fmt: skip
    assert send("analyst", good).status_code == 403
    made = send("france", good, **{"Idempotency-Key": "k1"})
    again = send("france", good, **{"Idempotency-Key": "k1"})
    assert (made.status_code, again.status_code, again.json()) == (201, 201, made.json())
    row, need = Row.objects.get(), NeedRow.objects.get()
    assert {**made.json(), "advice": []} == {"promises": [row.pk], "needs": [need.pk], "advice": []}
    assert [one["what"] for one in made.json()["advice"]] == [
        "it does not say how one will know that it was done"
    ]
    assert (row.audience, need.audience) == ("public", "public")
    assert send("france", good).status_code == 409
