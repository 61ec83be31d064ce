"""The description of the API: as committed, complete, and each operation in the reference."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from commonhaven.web.api.api import api

ROOT = Path(__file__).resolve().parents[3]
HELD = ROOT / "docs" / "reference" / "openapi.json"
MEND = (
    "Write it anew: django-admin export_openapi_schema --api commonhaven.web.api.api.api "
    "--indent 1 --sorted --output docs/reference/openapi.json"
)
ERRORS = {"400", "401", "403", "404", "409", "422", "429"}


def described() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    return found


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, path, each)
        for path, methods in described()["paths"].items()
        for method, each in methods.items()
    ]


def test_description_is_the_one_committed() -> None:
    assert described() == json.loads(HELD.read_text(encoding="utf-8")), MEND


def test_description_is_served_to_everyone(db: None) -> None:
    assert Client().get("/api/v1/openapi.json").json() == described()


def test_every_operation_tells_its_errors_in_one_form() -> None:
    for method, path, each in operations():
        told = {code for code in each["responses"] if code[0] == "4"}
        assert (method, path, told) == (method, path, ERRORS)
        for code in ERRORS:
            shape = each["responses"][code]["content"]["application/json"]["schema"]
            assert shape == {"$ref": "#/components/schemas/Fault"}


def test_every_operation_has_a_name_of_its_own_and_says_what_it_does() -> None:
    names = [each["operationId"] for _, _, each in operations()]
    assert sorted(names) == sorted(set(names))
    assert [path for _, path, each in operations() if not each.get("description")] == []


def test_every_write_takes_a_key_and_needs_someone() -> None:
    for method, path, each in operations():
        if method == "post" and path != "/api/v1/try":
            named = {one["name"] for one in each["parameters"]}
            assert (path, "Idempotency-Key" in named) == (path, True)
            assert each["security"] == [{"ByToken": []}, {"BySession": []}]


@pytest.mark.parametrize("path", sorted({path for _, path, _ in operations()}))
def test_every_address_is_in_the_reference(path: str) -> None:
    text = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
    short = path.removeprefix("/api/v1")
    assert re.search(rf"`{re.escape(short)}`", text), f"{short} is missing in api.md"
