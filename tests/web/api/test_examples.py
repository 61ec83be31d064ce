"""The requests that the reference shows are answered as it says."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from commonhaven.web.groups.models import Group

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "api.md"
BLOCK = re.compile(r"^```http\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """One request of the page and what it answers."""

    method: str
    address: str
    headers: dict[str, str]
    body: str
    status: int
    answer: Any


def examples() -> Iterator[Example]:
    for block in BLOCK.findall(PAGE.read_text("utf-8")):
        asked, _, told = block.rpartition("\n\n")
        head, _, body = asked.partition("\n\n")
        first, *lines = head.split("\n")
        method, address = first.split()
        status, _, answer = told.strip().partition("\n")
        headers = dict(line.split(": ", 1) for line in lines)
        yield Example(
            method, address, headers, body, int(status), json.loads(answer) if answer else None
        )


@pytest.mark.parametrize("example", list(examples()), ids=lambda one: f"{one.method} {one.address}")
def test_example_of_the_page(group: Group, caller: Callable[..., Any], example: Example) -> None:
    headers = dict(example.headers)
    if "Authorization" in headers:
        headers["Authorization"] = f"Bearer {caller('ghana').token}"
    response = Client().generic(
        example.method, example.address, example.body.encode(),
        content_type=headers.pop("Content-Type", ""), headers=headers,
    )  # fmt: skip
    assert response.status_code == example.status
    if example.answer is not None:
        assert response.json() == example.answer


def test_page_shows_examples() -> None:
    assert {one.status for one in examples()} == {200, 201, 404}
