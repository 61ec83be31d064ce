"""Anyone tries a charter on a situation, within bounds, and shares the plan by link."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from commonhaven.charter import load as load_charter
from commonhaven.charter import read as read_charter
from commonhaven.charter import shipped as shipped_charters
from commonhaven.parties.figures import reference
from commonhaven.reading import Problem, dump, parse_toml
from commonhaven.reading.toml import read_text
from commonhaven.reading.toml_text import toml_text
from commonhaven.regime import WithFacts, compute, plan_text, verify
from commonhaven.situations import load as load_situation
from commonhaven.situations import read as read_situation
from commonhaven.situations import shipped as shipped_situations
from commonhaven.web.sandbox import bounds, queries, run
from commonhaven.web.sandbox.actions import forget
from commonhaven.web.sandbox.models import Computed, Trial


def tried(form: dict[str, str], client: Client | None = None) -> Trial:
    """The trial that the form leads to."""
    response = (client or Client()).post("/try/", form)
    assert response.status_code == 302, response.text
    return Trial.objects.get(token=response["Location"].strip("/").split("/")[-1])


@pytest.fixture
def plan_of_example(form: dict[str, str]) -> Iterator[Trial]:
    return tried(form)


def test_plan_is_the_same_as_on_the_command_line(form: dict[str, str], tmp_path: Path) -> None:
    trial = tried(form)
    plan = compute(load_charter("west-africa"), load_situation("liberia-1990"),
                   WithFacts(reference()))  # fmt: skip
    assert trial.computed.name == plan.manifest.plan
    assert trial.computed.text == plan_text(plan)
    path = tmp_path / "plan.json"
    path.write_bytes(Client().get(f"/try/{trial.token}/plan.json").content)
    assert verify(path).same


def test_page_answers_first_and_shows_pictures(form: dict[str, str]) -> None:
    trial = tried(form)
    page = Client().get(f"/try/{trial.token}/").text
    result = json.loads(trial.computed.text)["result"]
    assert f"{result['placed']:,}" in page
    assert page.count("<svg") == 4
    assert " style=" not in page
    assert "commonhaven verify plan.json" in page
    for each in result["states"]:
        if each["placed"]:
            assert f"/try/{trial.token}/states/{each['state']}/" in page


def test_state_and_rules_have_pages(form: dict[str, str]) -> None:
    trial = tried(form)
    client = Client()
    told = client.get(f"/try/{trial.token}/states/CIV/").text
    assert "Côte d" in told
    assert "is to protect" in told
    rules = client.get(f"/try/{trial.token}/rules/")
    assert rules.status_code == 200
    assert "Gini" in rules.text
    assert client.get(f"/try/{trial.token}/states/FJI/").status_code == 404
    assert client.get(f"/try/{trial.token}/states/zzz/").status_code == 404


def test_same_inputs_are_computed_once_under_links_of_their_own(form: dict[str, str]) -> None:
    one, other = tried(form), tried(form)
    assert one.token != other.token
    assert one.computed == other.computed
    assert Computed.objects.count() == 1
    assert len(one.token) >= 20


def test_changes_reach_the_plan(form: dict[str, str]) -> None:
    plain = json.loads(tried(form).computed.text)["result"]
    numbers = {"ceiling": "0.15", "wish_weight": "0.5", "security_floor": "0.55",
               "residual_share": "0.2", "host_relief_full_at": "4"}  # fmt: skip
    asked = {**form, **numbers, "opt_out": "Côte d'Ivoire, غينيا"}
    trial = tried(asked)
    held = json.loads(trial.computed.text)
    terms = held["inputs"]["charter"]
    assert terms["costs"]["ceiling"] == "0.15"
    assert terms["costs"]["host_relief_full_at"] == "4"
    assert terms["protection"]["residual_share"] == "0.2"
    assert terms["responsibility"]["security_floor"] == "0.55"
    assert terms["responsibility"]["parameters"]["wish_weight"] == "0.5"
    assert {x["state"] for x in terms["responsibility"]["limits"] if x["exempt"]} == {"CIV", "GIN"}
    placed = {each["state"]: each["placed"] for each in held["result"]["states"]}
    before = {each["state"]: each["placed"] for each in plain["states"]}
    assert before["CIV"] > 0
    assert placed["CIV"] == 0
    again = Client().get("/try/", {"from": trial.token}).text
    assert 'value="0.15"' in again


def test_another_rule_and_a_deduction(form: dict[str, str]) -> None:
    asked = {**form, "rule": "population", "deduction_state": "NGA", "deduction_people": "1000"}
    held = json.loads(tried(asked).computed.text)
    limits = held["inputs"]["charter"]["responsibility"]["limits"]
    assert held["result"]["rule"] == "population"
    assert [(x["state"], x["deduction"]) for x in limits] == [("NGA", 1000)]


def test_pasted_texts_are_run(fresh: None) -> None:
    form = {
        "charter_text": read_text(shipped_charters()["eu"], "eu"),
        "situation_text": read_text(shipped_situations()["ukraine-2022"], "u"),
    }
    trial = tried(form)
    plan = compute(load_charter("eu"), load_situation("ukraine-2022"), WithFacts(reference()))
    assert trial.computed.name == plan.manifest.plan
    assert read_charter(parse_toml(trial.charter, "c"), "c") == load_charter("eu")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"charter": "", "charter_text": "group = 3"}, "expected a table"),
        ({"charter": "", "charter_text": "<b>not toml"}, "not valid TOML"),
        ({"charter": ""}, "Choose one, or paste"),
        ({"charter": "nowhere"}, "Select a valid choice"),
        ({"situation": "", "situation_text": "id = 1"}, "To mend"),
        ({"opt_out": "Atlantis"}, "Atlantis"),
        ({"opt_out": "FJI"}, "not a member"),
        ({"security_floor": "0.1"}, "greater than or equal to 0.5"),
        ({"deduction_state": "NGA"}, "Give the state and the number"),
        ({"rule": "population", "wish_weight": "0.5"}, "wish_weight"),
        ({"charter_text": "x" * 200_001}, "at most 200000 characters"),
    ],
)
def test_what_is_wrong_stands_beside_and_what_was_typed_is_kept(
    form: dict[str, str], changed: dict[str, str], said: str
) -> None:
    response = Client().post("/try/", {**form, **changed})
    assert response.status_code == 422
    assert said in response.text
    assert "<b>not toml" not in response.text
    for text in changed.values():
        if text and len(text) < 100 and text not in {"nowhere", "population"}:
            assert text.replace("<", "&lt;").replace(">", "&gt;") in response.text
    assert Trial.objects.count() == 0


def test_link_expires_and_is_forgotten(form: dict[str, str]) -> None:
    trial = tried(form)
    now = datetime.now(UTC)
    assert now + timedelta(days=89) < trial.expires_at < now + timedelta(days=91)
    Trial.objects.update(expires_at=now - timedelta(seconds=1))
    assert Client().get(f"/try/{trial.token}/").status_code == 404
    assert forget(at=now) == 1
    assert Computed.objects.count() == 0


def test_link_that_nobody_was_given_is_not_found(fresh: None) -> None:
    assert Client().get("/try/abcdefghijklmnopqrstuv/").status_code == 404


def test_one_address_has_its_number_of_trials(form: dict[str, str]) -> None:
    tried(form)
    most = bounds.bound("trials_in_ten_minutes")
    statuses = [Client().post("/try/", form).status_code for _ in range(most)]
    assert statuses == [302] * (most - 1) + [429]
    other = Client(REMOTE_ADDR="192.0.2.7").post("/try/", form)
    assert other.status_code == 302


def test_address_is_kept_in_the_cache_only_as_a_keyed_hash(form: dict[str, str]) -> None:
    tried(form, Client(REMOTE_ADDR="192.0.2.77"))
    with connection.cursor() as cursor:
        for table in ("cache", "sandbox_trial", "sandbox_computed"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - names of our own
            assert "192.0.2.77" not in str(cursor.fetchall())


def test_large_ones_are_refused_before_they_are_computed(
    form: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    crisis = dump(load_situation("liberia-1990"))
    assert isinstance(crisis, dict)
    cohorts = crisis["cohorts"]
    assert isinstance(cohorts, list)
    first = cohorts[0]
    assert isinstance(first, dict)
    crisis["cohorts"] = [{**first, "id": f"c{n}"} for n in range(61)]
    response = Client().post("/try/", {"charter": form["charter"],
                                       "situation_text": toml_text(crisis)})  # fmt: skip
    assert response.status_code == 422
    assert "61 is more than 60 cohorts" in response.text


def test_computation_is_stopped_in_time(
    form: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "bound", lambda _name: 0.01)
    response = Client().post("/try/", form)
    assert response.status_code == 422
    assert "was stopped" in response.text


@pytest.mark.parametrize("name", sorted(shipped_charters()))
def test_charters_come_back_from_their_written_text(name: str) -> None:
    charter = load_charter(name)
    table = dump(charter)
    assert isinstance(table, dict)
    assert read_charter(parse_toml(toml_text(table), name), name) == charter


@pytest.mark.parametrize("name", sorted(shipped_situations()))
def test_situations_come_back_from_their_written_text(name: str) -> None:
    crisis = load_situation(name)
    table = dump(crisis)
    assert isinstance(table, dict)
    assert read_situation(parse_toml(toml_text(table), name), name) == crisis


def test_comparison_is_kept_for_who_tries_the_same(form: dict[str, str]) -> None:
    trial = tried(form)
    Client().get(f"/try/{trial.token}/rules/")
    assert cache.get(f"compared-{trial.computed.inputs}") is not None


def test_large_plans_are_not_compared_here(
    form: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = tried(form)
    monkeypatch.setattr(queries, "bound", lambda _name: 10)
    response = Client().get(f"/try/{trial.token}/rules/")
    assert response.status_code == 422
    assert "commonhaven compare charter.toml situation.toml" in response.text


def test_problem_of_the_program_is_told_in_its_words() -> None:
    with pytest.raises(Problem, match="charter"):
        run.run("group = 1", "id = 1")
