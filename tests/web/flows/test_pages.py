"""Pages of files of flows: what they add up, what they hide, and the files that they give out."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from flows_world import Taken, flat, iati, some

from commonhaven.exchange import read_flat, read_iati, totals
from commonhaven.instruments import entry
from commonhaven.web.flows import queries
from commonhaven.web.flows.models import Flow, FlowFile, Load
from commonhaven.web.flows.queries import Wanted
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Audience
from commonhaven.web.record.actions import Placing

Clients = Callable[[str], Client]
BASE = "/groups/west-africa/flows/"


@pytest.fixture
def row(taken: Taken, tmp_path: Path) -> FlowFile:
    return taken(flat(tmp_path / "flows.csv", some(700)))


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    parts: Any = response.streaming_content if response.streaming else [response.content]
    return b"".join(parts).decode(errors="replace")


def test_sums_of_the_page_are_those_of_the_command(signed_in: Clients, row: FlowFile) -> None:
    expected = totals(some(700), by=("provider",))
    largest = max((one.given, key[0]) for key, one in expected.items() if key[1] == "EUR")
    page = text(signed_in("ghana"), f"{row.get_absolute_url()}?currency=EUR&by=provider"
                "&sort=-delivered&stage=delivered")  # fmt: skip
    first = page.partition("<tbody>")[2].partition("</tr>")[0]
    assert largest[1] in first
    assert f"{largest[0]:,}".rstrip("0").rstrip(".") in first.replace("\u202f", ",")
    assert "commonhaven commitments totals flows.csv --by provider" in page
    assert row.sha256 in page


def test_flows_behind_every_sum_are_all_and_only_those(row: FlowFile) -> None:
    assert row.load is not None
    for wanted in (Wanted(), Wanted(currency="EUR"), Wanted(year=2020, stage="delivered"),
                   Wanted(provider="Donor 3"), Wanted(stage="passed_on"), Wanted(stage="other"),
                   Wanted(provider="nobody"), Wanted(provider="")):  # fmt: skip
        found: list[Any] = []
        after = ""
        while True:
            page = queries.behind(row.load, wanted, after)
            assert len(page.rows) <= queries.SIZE
            found += page.rows
            after = page.after
            if not after:
                break
        assert len(found) == page.count
        expected = {n: one for n, one in enumerate(some(700), 1) if fits(one, wanted)}
        assert dict(found) == expected
        assert len(found) == len(expected)


def fits(one: Any, wanted: Wanted) -> bool:
    stage = "passed_on" if one.passed_on else one.stage
    return (
        wanted.currency in {"", one.currency}
        and wanted.year in {None, one.year}
        and wanted.provider in {None, one.provider.name}
        and wanted.stage in {"", stage}
    )


@pytest.mark.parametrize("after", ["1", "1-", "-1", "x-y", "99999999-1", "1-" + "9" * 50, "²-1"])
def test_a_place_that_is_none_is_the_beginning(row: FlowFile, after: str) -> None:
    assert row.load is not None
    assert queries.behind(row.load, Wanted(), after) == queries.behind(row.load, Wanted())


@pytest.mark.parametrize(
    "query",
    ["currency=ZZZ", "year=0", "year=99999", "year=²", "by=size", "sort=-size", "page=9999",
     "provider=nobody", "stage=gift", "currency=USD&year=1900&provider=x&stage=other"],
)  # fmt: skip
def test_whatever_an_address_asks_is_answered(
    signed_in: Clients, row: FlowFile, query: str
) -> None:
    client = signed_in("ghana")
    for page in ("", "flows/", "as/csv/", "as/xlsx/"):
        text(client, f"{row.get_absolute_url()}{page}?{query}")


def test_files_out_hold_what_is_seen(signed_in: Clients, row: FlowFile, tmp_path: Path) -> None:
    client, own = signed_in("ghana"), row.get_absolute_url()
    again = tmp_path / "again.csv"
    again.write_text(text(client, f"{own}as/csv/"), encoding="utf-8", newline="")
    assert list(read_flat(again)) == list(some(700))
    again.write_text(text(client, f"{own}as/csv/?year=2020&stage=delivered"), encoding="utf-8")
    wanted = Wanted(year=2020, stage="delivered")
    assert list(read_flat(again)) == [one for one in some(700) if fits(one, wanted)]
    xml = tmp_path / "again.xml"
    xml.write_text(text(client, f"{own}as/iati/?reporter=XX-9"), encoding="utf-8")
    told = sorted(some(700), key=lambda one: one.activity)
    assert totals(read_iati(xml), by=("activity", "kind")) == totals(told, by=("activity", "kind"))
    assert client.get(f"{own}as/iati/").status_code == 422
    assert client.get(f"{own}as/pdf/").status_code == 404


def test_a_workbook_holds_exact_amounts_and_no_formula(signed_in: Clients, row: FlowFile) -> None:
    response: Any = signed_in("ghana").get(f"{row.get_absolute_url()}as/xlsx/")
    book = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content)))
    first, *rows = book["flows"].iter_rows(values_only=True)
    value = first.index("value")
    assert [Decimal(str(cells[value])) for cells in rows] == [one.value for one in some(700)]
    assert all(cell.data_type != "f" for line in book["flows"].iter_rows() for cell in line)


def test_what_comes_out_as_iati_comes_in_again(
    signed_in: Clients, taken: Taken, tmp_path: Path
) -> None:
    first = taken(iati(tmp_path / "first.xml", some(300)))
    xml = tmp_path / "second.xml"
    xml.write_text(text(signed_in("unhcr"), f"{first.get_absolute_url()}as/iati/?reporter=XX-1"))
    second = taken(xml, title="Again")
    assert first.load is not None
    assert second.load is not None
    before, after = (list(queries.flows_of(load, Wanted())) for load in (first.load, second.load))
    key = lambda one: (one.activity, one.ref)  # noqa: E731
    assert sorted(after, key=key) == sorted(before, key=key)


@pytest.mark.parametrize("who", ["nobody", "ngo", "observer"])
def test_whoever_may_not_see_a_file_learns_nothing_of_it(
    signed_in: Clients, row: FlowFile, who: str
) -> None:
    client = signed_in(who)
    listed = client.get(BASE).content.decode()
    assert row.title not in listed
    for page in ("", "flows/", "as/csv/", "as/iati/?reporter=X", "as/xlsx/"):
        assert client.get(f"{row.get_absolute_url()}{page}").status_code == 404
    assert client.get(f"{BASE}{row.pk + 1}/").status_code == 404


def test_a_public_file_is_for_everybody(signed_in: Clients, taken: Taken, tmp_path: Path) -> None:
    row = taken(flat(tmp_path / "flows.csv", some(60)), placing=Placing(audience=Audience.PUBLIC))
    page = text(signed_in("nobody"), row.get_absolute_url())
    assert "Take the file out" not in page
    assert "Donor 3" in text(signed_in("nobody"), f"{row.get_absolute_url()}flows/")


def sent(path: Path, **more: str) -> dict[str, Any]:
    file = SimpleUploadedFile(path.name, path.read_bytes())
    return {"title": "UNHCR, 2026", "source": "UNHCR", "audience": "members", "file": file, **more}


def test_a_file_in_the_browser(signed_in: Clients, group: Group, tmp_path: Path) -> None:
    unhcr, path = signed_in("unhcr"), flat(tmp_path / "flows.csv", some(80))
    assert signed_in("ghana").post(f"{BASE}take-in/", sent(path)).status_code == 403
    assert signed_in("nobody").post(f"{BASE}take-in/", sent(path)).status_code == 403
    path.write_text(path.read_text().replace("GHA,2019", "GHA,MMXIX", 1))
    bad = unhcr.post(f"{BASE}take-in/", sent(path))
    page = bad.content.decode()
    assert bad.status_code == 422
    assert "1 mistake in the file" in page
    assert "MMXIX" in page
    assert str(tmp_path) not in page
    assert [model.objects.count() for model in (Load, Flow, FlowFile)] == [0, 0, 0]
    made = unhcr.post(f"{BASE}take-in/", sent(flat(path, some(80))))
    row = FlowFile.objects.get()
    assert made.headers["Location"] == row.get_absolute_url()
    assert "UNHCR, 2026" in text(signed_in("ghana"), BASE)
    again = unhcr.post(f"{BASE}take-in/", sent(path))
    assert "taken in already" in again.content.decode()
    unhcr.post(f"{row.get_absolute_url()}take-out/", {"why": "A newer one is there."})
    page = text(signed_in("ghana"), row.get_absolute_url())
    assert "A newer one is there." in page
    assert "Donor" not in page
    assert Flow.objects.count() == 0
    assert signed_in("ghana").get(f"{row.get_absolute_url()}flows/").status_code == 404


@pytest.mark.parametrize("name", [f"{'تدفقات' * 25}.csv", "..csv", "flows 2026.CSV"])
def test_a_file_may_be_called_anything(
    signed_in: Clients, group: Group, tmp_path: Path, name: str
) -> None:
    content = flat(tmp_path / "flows.csv", some(5)).read_bytes()
    given = {"title": "Five", "source": "UNHCR", "audience": "members"}
    file = SimpleUploadedFile(name, content)
    answer = signed_in("unhcr").post(f"{BASE}take-in/", {**given, "file": file})
    assert answer.status_code == 302
    assert FlowFile.objects.get().name == file.name[:200]


def test_workbooks_are_counted_for_each_address_behind_a_proxy(
    signed_in: Clients, taken: Taken, tmp_path: Path
) -> None:
    row = taken(flat(tmp_path / "flows.csv", some(3)), placing=Placing(audience=Audience.PUBLIC))
    nobody, url = signed_in("nobody"), f"{row.get_absolute_url()}as/xlsx/"
    most = int(entry("platform", "workbooks_in_ten_minutes").number)

    def asked(address: str) -> int:
        answer = nobody.get(url, secure=True, headers={"X-Forwarded-For": address})
        if answer.streaming:
            assert b"".join(answer.streaming_content).startswith(b"PK")
        return answer.status_code

    assert [asked("192.0.2.1") for _ in range(most + 1)] == [200] * most + [429]
    assert asked("192.0.2.2") == 200


def test_too_large_a_file_is_sent_to_the_command(
    signed_in: Clients, group: Group, tmp_path: Path, settings: Any
) -> None:
    path = tmp_path / "flows.csv"
    path.write_text("activity,kind,date,value,currency\n" + "A,gift,2026-01-01,5,USD\n" * 900_000)
    answer = signed_in("unhcr").post(f"{BASE}take-in/", sent(path))
    assert answer.status_code == 400
    path.write_text("activity,kind,date,value,currency\n" + "A,gift,2026-01-01,5,USD\n" * 840_000)
    answer = signed_in("unhcr").post(f"{BASE}take-in/", sent(path))
    assert "commonhaven platform import" in answer.content.decode()
    assert Load.objects.count() == 0
