"""Requests made up from the OpenAPI document, sound and unsound: never a 5xx, never an answer the document denies."""

import collections
import contextlib
import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.conftest import Program
from tests.api.test_imports import send
from tests.apps.desk.conftest import NOW
from wellserved.apps.desk import actions
from wellserved.apps.desk.actions import referrals
from wellserved.apps.desk.models import Ticket
from wellserved.apps.ledger.actions import approvals, discussion
from wellserved.config.wsgi import application
from wellserved.integrations.csv.models import Watch

REQUESTS = 5000 if os.environ.get("WELLSERVED_SOAK") == "1" else 300
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
Faults = dict[str, str]
# The caller's own token is the one thing a made-up request must not end.
SPARED = {"token_id": 2**40}

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]


@pytest.fixture
def known(parcel: Ticket, amiras: Program, persona: Any) -> dict[str, Any]:
    """Return ids that exist, by the name of the argument that takes them; the caller's own token is left alone."""
    from wellserved.apps.people import actions as people

    amira, lena = amiras.persona.actor, persona("lena")
    approval_id = approvals.request(
        actor=lena.actor,
        purpose="test.refund",
        subject=("desk.ticket", parcel.pk),
        summary="Refund 80.00",
        digest="d" * 64,
        capability="approvals.decide",
        expires_at=NOW.replace(year=2100),
        now=NOW,
    )
    return {
        "number": parcel.number,
        "import_id": send(amiras).json()["id"],
        "cycle": 1,
        "customer_id": parcel.customer_id,
        "queue_id": parcel.queue_id,
        "team_id": parcel.queue.team_id,
        "user_id": persona("ben").user.pk,
        "policy_id": 1,
        "calendar_id": 1,
        "subject_kind": "desk.ticket",
        "subject_id": parcel.pk,
        "file_id": discussion.attach_file(
            actor=amira, subject=("desk.ticket", parcel.pk), upload=SimpleUploadedFile("a.pdf", b"%PDF-1.7"), now=NOW
        ),
        "approval_id": approval_id,
        "collaborator_id": actions.ask_partner(
            actor=amira, ticket_id=parcel.pk, name="Ana", email="ana@carrier.test", ask="Where is it?", now=NOW
        ),
        "merge_id": actions.merge_customers(
            actor=amira,
            kept_id=parcel.customer_id,
            other_id=actions.save_customer(actor=amira, name="Dev Patel", email="other@example.test", now=NOW),
            reason="She said so",
            now=NOW,
        ),
        "solution_id": actions.share_solution(actor=amira, ticket_id=parcel.pk, text="Ask the depot", now=NOW),
        "watch_id": Watch.objects.create(folder="/srv/exports", system="old desk", created_at=NOW).pk,
        "organisation_id": actions.save_organisation(actor=amira, name="Bright Ltd", now=NOW),
        "product_id": actions.save_product(actor=amira, name="Lamp", now=NOW),
        "place_id": actions.save_place(actor=amira, name="Leeds", now=NOW),
        "skill_id": people.create_skill(actor=amira, name="Refunds", now=NOW),
        "referral_id": referrals.refer(
            actor=amira,
            ticket_id=parcel.pk,
            kind="advice",
            asked_of_id=lena.user.pk,
            question="What does the law say?",
            due_at=NOW.replace(year=2100),
            now=NOW,
        ),
        "promise_id": actions.make_promise(
            actor=amira, ticket_id=parcel.pk, text="A call", due_at=NOW.replace(year=2100), now=NOW
        ),
    }


def to_the_end(environ: Any, start_response: Any) -> list[bytes]:
    """Answer as a server does: the whole answer is sent, and then closed."""
    answer = application(environ, start_response)
    try:
        return [b"".join(answer)]
    finally:
        answer.close()


@contextlib.contextmanager
def one_connection() -> Iterator[None]:
    """Keep the test's transaction open over many requests, as Django's own test client does for each of its own."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_made_up_requests_get_the_answers_the_document_promises(
    amiras: Program, known: dict[str, int], settings: Any
) -> None:
    settings.API_REQUESTS_A_MINUTE = 1_000_000
    sent: collections.Counter[int] = collections.Counter()
    faults: Faults = {}
    with one_connection():
        schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", to_the_end)
        operations = [found.ok() for found in schema.get_all_operations()]
        each = -(-REQUESTS // (3 * len(operations)))
        for operation in operations:
            _fuzz(operation, GenerationMode.POSITIVE, {}, each, amiras, sent, faults)
            _fuzz(operation, GenerationMode.POSITIVE, known, each, amiras, sent, faults)
            _fuzz(operation, GenerationMode.NEGATIVE, known, each, amiras, sent, faults)
    total, unheard = sum(sent.values()), sent[401] + sent[429]
    print(
        f"\nfuzzed requests: {total} over {len(operations)} operations, answers: {dict(sorted(sent.items()))}, "
        f"5xx: {sum(n for status, n in sent.items() if status >= 500)}, schema mismatches: {len(faults)}, "
        f"401 or 429: {unheard / total:.2%}"
    )
    assert faults == {}
    assert total >= REQUESTS * 0.9
    assert unheard <= total * 0.01


def _fuzz(
    operation: Any,
    mode: GenerationMode,
    known: dict[str, int],
    each: int,
    program: Program,
    sent: collections.Counter[int],
    faults: Faults,
) -> None:
    @settings(
        max_examples=each,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        _use_what_is_known(case, known)
        response = case.call(headers={"Authorization": f"Bearer {program.raw}"})
        sent[response.status_code] += 1
        faults.update(_faults_of(case, response))

    send()


def _use_what_is_known(case: Any, known: dict[str, int]) -> None:
    fixed = known | SPARED
    for name in set(case.path_parameters or {}) & set(fixed):
        case.path_parameters[name] = fixed[name]
    if known and "If-Match" in (case.headers or {}):
        case.headers["If-Match"] = "*"


def _faults_of(case: Any, response: Any) -> Iterator[tuple[str, str]]:
    try:
        case.validate_response(response, checks=CHECKS)
    except FailureGroup as group:
        for failure in group.exceptions:
            yield f"{case.method} {case.path}: {type(failure).__name__}", f"{failure}\n{response.content[:500]!r}"
    except Failure as failure:
        yield f"{case.method} {case.path}: {type(failure).__name__}", f"{failure}\n{response.content[:500]!r}"
