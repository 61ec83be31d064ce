"""Pulling from the publishers' interfaces: whole or not at all, and every revision on record."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from commonhaven.parties.figures import changes, editions, open_store, reference, revisions
from commonhaven.parties.figures.fetch import Connection
from commonhaven.parties.figures.pull import Pulled, pull_unhcr, pull_world_bank
from commonhaven.reading import Problem

Reply = tuple[int, bytes]
QUICK = Connection(timeout=5, tries=3, wait=0)


@dataclass
class Publisher:
    """A small publisher on this machine: what to answer, and which addresses were asked for."""

    base: str = ""
    answers: dict[str, Callable[[dict[str, list[str]]], Reply]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    cut: int = 0
    """How many bytes less to send than announced."""

    def pages(self, path: str, page: Callable[[int], object]) -> None:
        def reply(query: dict[str, list[str]]) -> Reply:
            return 200, json.dumps(page(int(query["page"][0]))).encode()

        self.answers[path] = reply

    def always(self, path: str, status: int, body: bytes) -> None:
        self.answers[path] = lambda _: (status, body)


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    state = Publisher()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            state.asked.append(self.path)
            missing: Reply = (404, b"nothing here")
            answer = state.answers.get(parts.path)
            status, body = answer(parse_qs(parts.query)) if answer else missing
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) - state.cut])

        def log_message(self, *_: Any) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    state.base = f"http://127.0.0.1:{server.server_port}"
    yield state
    server.shutdown()
    thread.join()
    server.server_close()


def bank_item(code: str, state: str, year: int, value: float | None) -> dict[str, object]:
    return {
        "indicator": {"id": code, "value": "Population, total"},
        "country": {"id": state[:2], "value": state},
        "countryiso3code": state,
        "date": str(year),
        "value": value,
        "unit": "",
        "obs_status": "",
        "decimal": 0,
    }


def bank_page(items: list[dict[str, object]], page: int, size: int) -> list[object]:
    pages = -(-len(items) // size)
    head = {
        "page": page, "pages": pages, "per_page": size, "total": len(items),
        "sourceid": "2", "lastupdated": "2026-07-01",
    }  # fmt: skip
    return [head, items[(page - 1) * size : page * size]]


def hosted_item(state: str, year: int, **people: object) -> dict[str, object]:
    return {
        "year": year, "coo_id": "-", "coo_name": "-", "coo": "-", "coo_iso": "-",
        "coa_id": 1, "coa_name": state, "coa": state, "coa_iso": state,
        "refugees": 0, "asylum_seekers": 0, "returned_refugees": 0, "idps": 0,
        "returned_idps": 0, "stateless": 0, "ooc": 0, "oip": "-", "hst": 0, **people,
    }  # fmt: skip


def claim_item(state: str, year: int, applied: int | str, **kind: str) -> dict[str, object]:
    return {
        "year": year, "coo_id": "-", "coo_name": "-", "coo": "-", "coo_iso": "-",
        "coa_id": 1, "coa_name": state, "coa": state, "coa_iso": state,
        "procedure_type": "G", "app_type": "N", "dec_level": "FI", "app_pc": "P",
        "applied": applied, **kind,
    }  # fmt: skip


def unhcr_page(items: list[dict[str, object]], page: int, size: int) -> dict[str, object]:
    pages = -(-len(items) // size)
    some = items[(page - 1) * size : page * size]
    return {"page": page, "short-url": "x", "maxPages": pages, "total": [], "items": some}


MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
CODE = "SP.POP.TOTL"
PATH = f"/country/all/indicator/{CODE}"
ITEMS = [
    bank_item(CODE, "AFE", 2024, 769280888),
    bank_item(CODE, "LBR", 2025, None),
    bank_item(CODE, "LBR", 2024, 5612817),
    bank_item(CODE, "LBR", 2023, 5493031),
    bank_item(CODE, "GHA", 2024, 34427414),
]


def serve(publisher: Publisher, items: list[dict[str, object]], size: int = 2) -> None:
    publisher.pages(PATH, lambda page: bank_page(items, page, size))


def pull(publisher: Publisher, store: Path, on: date = MAY) -> Pulled:
    return pull_world_bank(
        on=on, store=store, indicators=["population"], base=publisher.base, per_page=2,
        connection=QUICK,
    )  # fmt: skip


def left(store: Path) -> list[str]:
    return sorted(entry.name for entry in store.iterdir()) if store.exists() else []


def test_every_page_is_read_and_aggregates_and_nulls_are_left_out(
    publisher: Publisher, tmp_path: Path
) -> None:
    serve(publisher, ITEMS)
    pulled = pull(publisher, tmp_path)
    assert publisher.asked == [f"{PATH}?format=json&per_page=2&page={page}" for page in (1, 2, 3)]
    edition = pulled.edition
    assert (pulled.new, edition.id, edition.source) == (
        True, "0001-world-bank-2026-05-01", "world-bank",
    )  # fmt: skip
    assert edition.skipped == {"AFE": "not a state: an aggregate of the publisher"}
    assert edition.indicators["population"].values == 3
    assert len(edition.read) == 3
    store = open_store(tmp_path)
    figure = store.at("LBR", "population", date(2026, 5, 1))
    assert figure is not None
    assert (figure.period, figure.value) == (2024, Fraction(5612817))
    assert (figure.source, figure.retrieved) == ("world-bank", MAY)
    assert (figure.revision, figure.unit) == (edition.id, "persons")
    assert store.at("DEU", "population", MAY) == reference().at("DEU", "population", MAY)


def test_decimals_are_exact_and_kept_to_the_places_of_the_table(
    publisher: Publisher, tmp_path: Path
) -> None:
    code = "SL.AGR.EMPL.ZS"
    items = [bank_item(code, "GHA", 2024, 35.2719047829152)]
    publisher.pages(f"/country/all/indicator/{code}", lambda page: bank_page(items, page, 9))
    pull_world_bank(
        on=MAY, store=tmp_path, indicators=["agriculture_employment_percent"],
        base=publisher.base, connection=QUICK,
    )  # fmt: skip
    figure = open_store(tmp_path).at("GHA", "agriculture_employment_percent", MAY)
    assert figure is not None
    assert figure.value == Fraction("35.272")


def test_a_second_pull_of_the_same_is_no_edition_and_no_revision(
    publisher: Publisher, tmp_path: Path
) -> None:
    serve(publisher, ITEMS)
    first = pull(publisher, tmp_path)
    before = revisions("LBR", "population", 2024, tmp_path)
    second = pull(publisher, tmp_path, JUNE)
    assert (second.new, second.edition) == (False, first.edition)
    assert editions(tmp_path) == (first.edition,)
    assert revisions("LBR", "population", 2024, tmp_path) == before


def test_a_revised_value_is_a_new_edition_over_the_old(
    publisher: Publisher, tmp_path: Path
) -> None:
    serve(publisher, ITEMS)
    first = pull(publisher, tmp_path).edition
    serve(publisher, [*ITEMS[:2], bank_item(CODE, "LBR", 2024, 5600000), ITEMS[4]])
    second = pull(publisher, tmp_path, JUNE).edition
    assert second.id == "0002-world-bank-2026-06-01"
    shipped = reference().series("LBR", "population")[2024]
    history = revisions("LBR", "population", 2024, tmp_path)
    assert [(r.value, r.revision, r.retrieved) for r in history] == [
        (shipped.value, shipped.revision, shipped.retrieved),
        (Fraction(5600000), second.id, JUNE),
    ]
    told = [(c.state, c.period, c.old, c.new) for c in changes(second.id, tmp_path)]
    assert told == [
        ("LBR", 2023, Fraction(5493031), None),
        ("LBR", 2024, Fraction(5612817), Fraction(5600000)),
    ]
    now = open_store(tmp_path).at("LBR", "population", JUNE)
    then = open_store(tmp_path, edition=first.id).at("LBR", "population", JUNE)
    assert (now and now.value, then and then.value) == (5600000, 5612817)
    assert open_store(tmp_path, edition="reference").at("LBR", "population", JUNE) == shipped
    withdrawn = open_store(tmp_path).series("LBR", "population")[2023]
    assert (withdrawn.value, withdrawn.revision) == (Fraction(5493031), first.id)


def test_pinning_an_edition_that_is_not_there_is_a_problem(
    publisher: Publisher, tmp_path: Path
) -> None:
    serve(publisher, ITEMS)
    pull(publisher, tmp_path)
    with pytest.raises(Problem) as caught:
        open_store(tmp_path, edition="0001-world-bank-2026-05-02")
    assert caught.value.fix == "Did you mean 0001-world-bank-2026-05-01?"


def test_the_publishers_error_message_is_passed_on(publisher: Publisher, tmp_path: Path) -> None:
    said = {"id": "120", "key": "Invalid value", "value": "The parameter value is not valid"}
    publisher.pages(PATH, lambda _: [{"message": [said]}])
    with pytest.raises(Problem, match="the World Bank says: The parameter value is not valid"):
        pull(publisher, tmp_path)
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    ("status", "tries", "says"),
    [
        (404, 1, "the publisher answered 404 Not Found"),
        (403, 1, "the publisher answered 403 Forbidden"),
        (503, 3, "the publisher answered 503 Service Unavailable"),
        (429, 3, "the publisher answered 429 Too Many Requests"),
    ],
)
def test_an_error_page_is_a_problem_and_tried_again_where_that_may_help(
    publisher: Publisher, tmp_path: Path, status: int, tries: int, says: str
) -> None:
    publisher.always(PATH, status, b"<html>sorry</html>")
    with pytest.raises(Problem) as caught:
        pull(publisher, tmp_path)
    assert caught.value.what == says
    assert caught.value.where == f"{publisher.base}{PATH}?format=json&per_page=2&page=1"
    assert len(publisher.asked) == tries
    assert left(tmp_path) == []


def test_a_passing_error_is_overcome(publisher: Publisher, tmp_path: Path) -> None:
    serve(publisher, ITEMS, size=9)
    good = publisher.answers[PATH]
    publisher.answers[PATH] = lambda query: (
        (502, b"bad gateway") if len(publisher.asked) < 3 else good(query)
    )
    assert pull(publisher, tmp_path).new
    assert len(publisher.asked) == 3


def test_a_body_that_breaks_off_writes_nothing(publisher: Publisher, tmp_path: Path) -> None:
    serve(publisher, ITEMS)
    publisher.cut = 7
    with pytest.raises(Problem, match="the answer broke off"):
        pull(publisher, tmp_path)
    assert len(publisher.asked) == 3
    assert left(tmp_path) == []


def test_json_that_breaks_off_is_a_problem(publisher: Publisher, tmp_path: Path) -> None:
    publisher.always(PATH, 200, b'[{"page":1,"pages":1,"total":1},[{"date":"20')
    with pytest.raises(Problem, match="the answer is not complete JSON"):
        pull(publisher, tmp_path)
    publisher.always(PATH, 200, b"<html>maintenance</html>")
    with pytest.raises(Problem, match="the answer is not complete JSON"):
        pull(publisher, tmp_path)
    assert left(tmp_path) == []


def test_fewer_values_than_announced_are_a_problem(publisher: Publisher, tmp_path: Path) -> None:
    head = {"page": 1, "pages": 1, "per_page": 2, "total": 3}
    publisher.pages(PATH, lambda _: [head, ITEMS[2:4]])
    with pytest.raises(Problem, match="2 values came where 3 were announced"):
        pull(publisher, tmp_path)
    assert left(tmp_path) == []


def test_an_implausible_value_is_refused_with_its_place(
    publisher: Publisher, tmp_path: Path
) -> None:
    serve(publisher, [bank_item(CODE, "LBR", 2024, 5.6)], size=9)
    with pytest.raises(Problem) as caught:
        pull(publisher, tmp_path)
    assert caught.value.where == "SP.POP.TOTL, LBR 2024"
    assert "plausible is 500 to 2000000000" in caught.value.what
    assert left(tmp_path) == []


def test_nobody_listening_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"no answer \(.*refused"):
        pull_world_bank(
            on=MAY, store=tmp_path, indicators=["gdp"], base="http://127.0.0.1:9",
            connection=QUICK,
        )  # fmt: skip
    with pytest.raises(Problem, match="is not a web address"):
        pull_world_bank(on=MAY, store=tmp_path, indicators=["gdp"], base="file:///etc")


def test_an_indicator_the_world_bank_does_not_publish_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="the World Bank does not publish refugees_hosted"):
        pull_world_bank(on=MAY, store=tmp_path, indicators=["refugees_hosted"])


def serve_unhcr(publisher: Publisher) -> None:
    stocks = [
        hosted_item("COL", 2023, refugees="1382", oip=2851160, asylum_seekers=23842),
        hosted_item("LBR", 2023, refugees=1671, oip="-", asylum_seekers="-"),
        hosted_item("UNK", 2023, refugees=7),
        hosted_item("LBR", 1999, refugees=96317, asylum_seekers=5),
    ]
    claims = [claim_item("DEU", year, 100_000 + year) for year in range(2019, 2024)]
    claims += [
        claim_item("DEU", 2023, 900_000, app_type="R", dec_level="RA"),
        claim_item("DEU", 2023, 800_000, dec_level="AR"),
        claim_item("DEU", 2023, 5_000, procedure_type="J"),
        claim_item("FRA", 2023, 120_000),
        *(claim_item("USA", year, 50_000, app_pc="C") for year in range(2019, 2024)),
        *(claim_item("USA", year, 50_000) for year in range(2019, 2024)),
    ]
    solved = [
        {"year": 2023, "coo_iso": "CIV", "coa_iso": "LBR", "returned_refugees": 1200,
         "resettlement": 0, "naturalisation": "-"},
        {"year": 2023, "coo_iso": "CIV", "coa_iso": "GHA", "returned_refugees": "34",
         "resettlement": None, "naturalisation": 7},
        {"year": 2023, "coo_iso": "UNK", "coa_iso": "USA", "returned_refugees": "-",
         "resettlement": 50, "naturalisation": "-"},
    ]  # fmt: skip
    publisher.pages("/population/", lambda page: unhcr_page(stocks, page, 3))
    publisher.pages("/asylum-applications/", lambda page: unhcr_page(claims, page, 4))
    publisher.pages("/solutions/", lambda page: unhcr_page(solved, page, 2))


def test_unhcr_figures_are_read_and_rates_worked_out(publisher: Publisher, tmp_path: Path) -> None:
    serve_unhcr(publisher)
    pulled = pull_unhcr(on=MAY, store=tmp_path, base=publisher.base, limit=4, connection=QUICK)
    assert len(publisher.asked) == 2 + 5 + 2 + 2
    assert "coa_all=true" in publisher.asked[0]
    assert "columns%5B%5D=app_pc" in publisher.asked[2]
    store = open_store(tmp_path)
    assert hosted(store.series("COL", "refugees_hosted")[2023].value) == 2852542
    assert hosted(store.series("LBR", "refugees_hosted")[2023].value) == 1671
    assert store.series("LBR", "asylum_seekers_hosted")[2023].revision == "unhcr-2025.12.1"
    assert 1999 not in store.series("LBR", "asylum_seekers_hosted")
    people = reference().series("DEU", "population")[2023].value
    total = sum(100_000 + year for year in range(2019, 2024)) + 5_000
    rate = store.series("DEU", "applications_per_million")[2023]
    assert rate.value == Fraction(round(Fraction(total * 200_000) / people * 10_000), 10_000)
    assert rate.revision == pulled.edition.id
    assert store.series("FRA", "applications_per_million")[2023].revision == "unhcr-2025.12.1"
    assert "coo_all=true" in publisher.asked[7]
    assert hosted(store.series("COL", "other_protection_hosted")[2023].value) == 2851160
    assert hosted(store.series("UNK", "refugees_under_mandate")[2023].value) == 7
    assert hosted(store.series("CIV", "refugee_returns")[2023].value) == 1234
    assert hosted(store.series("LBR", "refugee_returns_from_host")[2023].value) == 1200
    assert hosted(store.series("UNK", "resettlement_of_origin")[2023].value) == 50
    assert store.series("LBR", "naturalisations").get(2023) == reference().series(
        "LBR", "naturalisations"
    ).get(2023)
    assert store.series("GHA", "naturalisations")[2023].revision == pulled.edition.id
    skipped = pulled.edition.skipped
    assert skipped["USA 2023"] == "applications reported in cases, not persons"
    assert skipped["UNK"].startswith("not a state")


def hosted(value: Fraction) -> int:
    assert value.denominator == 1
    return value.numerator


def test_an_answer_of_another_form_is_a_problem(publisher: Publisher, tmp_path: Path) -> None:
    publisher.pages("/population/", lambda _: {"error": "no"})
    with pytest.raises(Problem, match="the answer has not the form of UNHCR's"):
        pull_unhcr(on=MAY, store=tmp_path, base=publisher.base, connection=QUICK)
    publisher.pages(PATH, lambda _: {"error": "no"})
    with pytest.raises(Problem, match="the answer has not the form of the World Bank's"):
        pull(publisher, tmp_path)
    assert left(tmp_path) == []


ODD: list[tuple[object, str]] = [
    ([{"page": 1, "pages": 1, "total": 1}, ["LBR"]], "have another form than expected"),
    ([{"page": 1, "pages": 1, "total": 1}, [{"date": "2024"}]], "an item lacks 'value'"),
    ([{"page": 1, "pages": "many", "total": 1}, []], '"many" is not a number'),
    ([{"page": 1, "pages": 9, "total": 1}, []], "a page before the last one is empty"),
    ([{"page": 1, "pages": 1, "total": 0}, None], "there is no value in what was read"),
    ([], "the answer has not the form of the World Bank's"),
    ([{"page": 1, "pages": 1, "total": 1}, [bank_item(CODE, "LBR", 2024, float("nan"))]], "nan"),
]


@pytest.mark.parametrize(("body", "says"), ODD)
def test_an_odd_answer_is_a_problem_and_no_traceback(
    publisher: Publisher, tmp_path: Path, body: object, says: str
) -> None:
    publisher.pages(PATH, lambda _: body)
    with pytest.raises(Problem) as caught:
        pull(publisher, tmp_path)
    assert says in caught.value.what
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"maxPages": 1, "items": ["x"]}, "have another form than expected"),
        ({"maxPages": 9, "items": []}, "a page before the last one is empty"),
        ({"maxPages": 1, "items": [{"year": 2023}]}, 'there is no "coa_iso"'),
        ({"maxPages": 1, "items": [hosted_item("LBR", 2023, refugees="many")]}, "not a number"),
    ],
)
def test_an_odd_answer_of_unhcr_is_a_problem(
    publisher: Publisher, tmp_path: Path, body: object, says: str
) -> None:
    publisher.pages("/population/", lambda _: body)
    publisher.pages("/asylum-applications/", lambda _: {"maxPages": 1, "items": []})
    publisher.pages("/solutions/", lambda _: {"maxPages": 1, "items": []})
    with pytest.raises(Problem) as caught:
        pull_unhcr(on=MAY, store=tmp_path, base=publisher.base, connection=QUICK)
    assert says in caught.value.what
    assert left(tmp_path) == []
