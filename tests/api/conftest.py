"""A desk to call: queues, the standard promise, customers, and a program for each person."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests import personas
from tests.apps.desk.conftest import *  # noqa: F403 (the desk of the cast)
from tests.personas import NOW, Persona
from wellserved.apps.accounts import actions as accounts
from wellserved.platform import clock


class Program:
    """Calls the API as somebody, with a token."""

    def __init__(self, persona: Persona, *, scopes: tuple[str, ...] = ("read", "write")) -> None:
        self.persona = persona
        token = accounts.create_token(actor=persona.actor, name="Program", scopes=scopes, days=30, now=clock.now())
        self.token_id, self.raw = token.id, token.raw
        self.client = Client(raise_request_exception=False)

    def call(self, method: str, path: str, body: Any = None, *, version: int | None = None, **headers: str) -> Any:
        """Return the answer; `version` goes into If-Match."""
        sent = {"Authorization": f"Bearer {self.raw}"} | {n.replace("_", "-"): v for n, v in headers.items()}
        if version is not None:
            sent["If-Match"] = f'"{version}"'
        given = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return self.client.generic(method, f"/api/v1{path}", headers=sent, **given)

    def get(self, path: str, **headers: str) -> Any:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **named: Any) -> Any:
        return self.call("POST", path, body, **named)


@pytest.fixture
def program(db: None) -> Callable[..., Program]:
    return Program


@pytest.fixture
def at_ten(monkeypatch: pytest.MonkeyPatch) -> dt.datetime:
    """Let the clock stand at the moment of the cast."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return NOW


@pytest.fixture
def bens(ben: personas.Persona) -> Program:
    return Program(ben)


@pytest.fixture
def amiras(amira: personas.Persona) -> Program:
    return Program(amira)
