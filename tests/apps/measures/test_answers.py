"""One question, one number: whoever asks, and with the rows behind it."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.apps.measures.conftest import HOUSE, LATER, at, publish
from tests.personas import Persona
from wellserved.apps.desk import actions as desk
from wellserved.apps.desk.models import Ticket
from wellserved.apps.measures import queries
from wellserved.apps.measures.types import Answer, Question
from wellserved.platform.errors import Invalid

pytestmark = pytest.mark.django_db


def ask(metric: str, *, by: str = "", actor: Any = HOUSE, **filters: str) -> Answer:
    question = Question(metric=metric, begins=at(1, 0), ends=at(31, 0), filters=filters, by=by)
    return queries.answer(actor=actor, question=question, now=LATER)


def test_figures_counted_on_the_fingers(service: dict[str, int]) -> None:
    assert ask("resolution_time").whole.value == 2.5 * 3600
    assert ask("resolution_time_mean").whole.value == 2.75 * 3600
    assert ask("arrivals").whole.value == pytest.approx(6 / (24 + 10 / 24))
    assert (ask("backlog").whole.value, ask("backlog", queue="Accounts").whole.value) == (2, 1)
    assert ask("resolved_in_two_days").whole.value == 4 / 6
    assert ask("first_contact_resolution", queue="Parcels").whole.n == 3
    assert [(part.name, part.n) for part in ask("resolution_time", by="team").parts] == [("Team A", 3), ("Team B", 1)]
    assert [(part.name, part.n) for part in ask("arrivals", by="week").parts] == [
        ("2026-03-01", 0),
        ("2026-03-02", 4),
        ("2026-03-09", 2),
        ("2026-03-16", 0),
        ("2026-03-23", 0),
    ]


def test_a_ticket_that_changes_its_queue_is_transferred(service: dict[str, int]) -> None:
    moved = Ticket.objects.filter(queue=service["Accounts"]).order_by("pk").first()
    assert moved is not None
    for queue in ("Parcels", "Accounts", "Parcels"):
        desk.change_fields(actor=HOUSE, ticket_id=moved.pk, queue_id=service[queue], now=LATER)
    publish()
    assert ask("transfers").whole.value == 3 / 6


def test_a_share_of_fewer_than_five_is_not_shown(service: dict[str, int]) -> None:
    whole = ask("reopened").whole
    assert (whole.value, whole.n, whole.is_enough) == (None, 4, False)


def test_every_metric_answers(service: dict[str, int]) -> None:
    assert len(queries.METRICS) > 25
    for name in queries.METRICS:
        found = ask(name)
        assert found.whole.n == len(found.ticket_ids) or name == "targets_met"


def test_a_leader_reads_the_figures_of_her_teams_only(service: dict[str, int], lena: Persona, amira: Persona) -> None:
    assert (ask("arrivals", actor=amira.actor).whole.n, ask("arrivals", actor=lena.actor).whole.n) == (6, 4)
    hers = set(Ticket.objects.filter(queue=service["Parcels"]).values_list("pk", flat=True))
    assert set(ask("arrivals", actor=lena.actor).ticket_ids) == hers
    with pytest.raises(Invalid, match="There is no queue called Accounts"):
        ask("arrivals", actor=lena.actor, queue="Accounts")


def test_an_approver_reads_the_number_and_opens_no_ticket(service: dict[str, int], frank: Persona) -> None:
    found = ask("arrivals", actor=frank.actor)
    assert (found.whole.n, found.ticket_ids) == (6, ())


@pytest.mark.parametrize(
    ("metric", "asked", "sentence"),
    [
        ("luck", {}, "There is no metric called luck"),
        ("arrivals", {"queue": "Nowhere"}, "There is no queue called Nowhere. There are: Accounts, Parcels."),
        ("arrivals", {"shoe": "8"}, "not by shoe"),
        ("arrivals", {"by": "agent"}, "Figures split by queue"),
        ("backlog", {"by": "week"}, "one end at a time"),
    ],
)
def test_a_wrong_question_is_told_what_would_work(
    service: dict[str, int], metric: str, asked: dict[str, str], sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        ask(metric, **asked)


def test_the_api_refuses_a_wrong_period(service: dict[str, int], amira: Persona) -> None:
    answer = amira.client.get("/api/v1/measures/arrivals", {"from": "2026-03-05", "to": "2026-03-01"})
    assert answer.status_code == 422
    assert "The period ends before it begins" in answer.json()["detail"]


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    metric=st.sampled_from(sorted(queries.METRICS)),
    queue=st.sampled_from(["", "Parcels", "Accounts"]),
    begins=st.integers(1, 12),
    days=st.integers(1, 12),
)
def test_api_command_and_rows_give_one_number(
    service: dict[str, int],
    amira: Persona,
    metric: str,
    queue: str,
    begins: int,
    days: int,
) -> None:
    first, last = f"2026-03-{begins:02}", f"2026-03-{begins + days:02}"
    filters = {"queue": queue} if queue else {}
    told = amira.client.get(f"/api/v1/measures/{metric}", {"from": first, "to": last, **filters}).json()
    question = Question(metric=metric, begins=at(begins, 0), ends=at(begins + days, 0), filters=filters)
    asked = queries.answer(actor=amira.actor, question=question, now=LATER)
    printed = command(metric, first, last, [f"queue={queue}"] if queue else [])
    assert told["whole"]["value"] == asked.whole.value == printed["value"]
    assert told["whole"]["n"] == asked.whole.n == printed["n"]
    assert told["ticket_ids"] == list(asked.ticket_ids)
    parts = queries.answer(actor=amira.actor, question=by_queue(question), now=LATER)
    assert sum(part.n for part in parts.parts) == asked.whole.n


def by_queue(question: Question) -> Question:
    return Question(
        metric=question.metric, begins=question.begins, ends=question.ends, filters=question.filters, by="queue"
    )


def command(metric: str, first: str, last: str, filters: list[str]) -> dict[str, Any]:
    from io import StringIO

    out = StringIO()
    call_command("measure", metric, "--from", first, "--to", last, "--format", "json", filter=filters, stdout=out)
    return json.loads(out.getvalue())
