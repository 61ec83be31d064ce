"""A client of the API with a token."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from commonhaven.web.accounts.models import User
from commonhaven.web.api.actions import Wish, make_token


@dataclass(frozen=True, slots=True)
class Caller:
    """Asks the API with one token, or with none."""

    token: str = ""

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        return {**({"Authorization": f"Bearer {self.token}"} if self.token else {}), **more}

    def get(self, path: str, **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Client().get(f"/api/v1{path}", headers=self._headers(named))

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Client().post(
            f"/api/v1{path}", json.dumps(body) if body is not None else "",
            content_type="application/json", headers=self._headers(named),
        )  # fmt: skip


@pytest.fixture
def caller(person: Callable[[str], User], now: datetime) -> Callable[..., Caller]:
    """A person of the cast with a token; "nobody" has none."""

    def made(who: str, *scopes: str) -> Caller:
        if who == "nobody":
            return Caller()
        wish = Wish(name="test", scopes=scopes or ("read", "act"))
        return Caller(make_token(user=person(who), wish=wish, at=now)[1])

    return made


def shape(response: HttpResponse) -> set[str]:
    """The names in an error's answer."""
    return set(json.loads(response.content))
