"""Playbooks: their triggers propose and never act, their steps are ticked, their times are kept."""

import datetime as dt
from typing import Any

import pytest

from tests.personas import NOW, Persona
from wellserved.apps.accounts.queries import system_actor
from wellserved.apps.desk import actions as desk
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.standards import actions as clocks
from wellserved.apps.standards.actions import activations, contingencies, crises
from wellserved.apps.standards.models import Activation, Contingency
from wellserved.apps.standards.policies.contingencies import judge, read_trigger
from wellserved.apps.standards.queries import contingencies as queries
from wellserved.apps.standards.types.risks import Reading, Step
from wellserved.platform.errors import Conflict, Invalid, Refused
from wellserved.web import triggers

pytestmark = pytest.mark.django_db
OVERDUE = {"measure": "overdue", "rule": "above", "value": 1, "for_minutes": 30}
MINUTE = dt.timedelta(minutes=1)


def playbook(who: Persona, trigger: dict[str, Any] | None = None, name: str = "Many late tickets") -> int:
    steps = [Step(what="Call the cover list", role="Team leader", minutes=15, message="Can you come?"),
             Step(what="Answer the urgent first", role="Team leaders", minutes=20)]  # fmt: skip
    given = contingencies.PlaybookFacts(name=name, steps=steps, trigger=trigger or {})
    return contingencies.save_playbook(actor=who.actor, contingency_id=None, facts=given, now=NOW)


def open_late_tickets(who: Persona, count: int) -> dt.datetime:
    clocks.create_default_standards(actor=who.actor, now=NOW)
    for n in range(count):
        desk.open_ticket(actor=who.actor, subject=f"Late {n}", body="Where?", customer_email=f"c{n}@x.test", now=NOW)
    return NOW + dt.timedelta(days=20)


def test_a_trigger_proposes_after_its_time_once_and_a_click_activates(amira: Persona, lena: Persona):
    pk = playbook(amira, OVERDUE)
    late = open_late_tickets(amira, 2)
    assert triggers.judge_all(now=late) == 0
    assert triggers.judge_all(now=late + 29 * MINUTE) == 0
    assert triggers.judge_all(now=late + 30 * MINUTE) == 1
    assert triggers.judge_all(now=late + 31 * MINUTE) == 0
    proposed = Activation.objects.get()
    assert (proposed.stage, proposed.detected_at, proposed.activated_at) == ("proposed", late, None)
    activations.activate(actor=lena.actor, contingency_id=pk, now=late + 40 * MINUTE)
    activations.tick(actor=lena.actor, activation_id=proposed.pk, index=0, now=late + 41 * MINUTE)
    activations.recover(actor=lena.actor, activation_id=proposed.pk, outcome="Cover came.", now=late + 100 * MINUTE)
    row = queries.activation(actor=amira.actor, activation_id=proposed.pk)
    assert (row.to_activation_seconds, row.to_recovery_seconds, row.activated_by) == (2400, 3600, "Lena Fischer")
    assert [bool(step.done_at) for step in row.steps] == [True, False]


def test_a_dismissed_proposal_comes_back_only_after_the_trigger_was_over(amira: Persona):
    playbook(amira, OVERDUE | {"for_minutes": 0})
    late = open_late_tickets(amira, 2)
    assert triggers.judge_all(now=late) == 1
    activations.dismiss(actor=amira.actor, activation_id=Activation.objects.get().pk, reason="A test.", now=late)
    assert triggers.judge_all(now=late + MINUTE) == 0
    assert triggers.judge_all(now=NOW) == 0
    assert triggers.judge_all(now=late + 2 * MINUTE) == 1


def test_one_late_ticket_proposes_nothing(amira: Persona):
    playbook(amira, OVERDUE | {"for_minutes": 0})
    assert triggers.judge_all(now=open_late_tickets(amira, 1)) == 0


def test_an_event_proposes_and_a_staffing_gap_waits_for_figures(amira: Persona):
    event = playbook(amira, {"event": "standards.crisis_declared"}, name="Any crisis")
    playbook(amira, {"staffing_gap": 3}, name="Short of people")
    crises.declare(actor=amira.actor, title="Down", what="The website.", now=NOW + MINUTE)
    ledger.seal(now=NOW + MINUTE)
    assert triggers.judge_all(now=NOW + 2 * MINUTE) == 1
    assert triggers.judge_all(now=NOW + 3 * MINUTE) == 0
    assert Activation.objects.get().contingency_id == event


def test_a_share_of_few_cases_starts_nothing_and_a_run_of_low_days_does():
    below = {"measure": "first_reply", "rule": "below", "value": 0.8, "for_minutes": 0}
    assert judge(below, Reading(value=0.0, cases=9)).holds is None
    assert judge(below, Reading(value=0.75, cases=20)).holds is True
    assert judge(below, Reading(value=0.85, cases=20)).holds is False
    runs = {"measure": "first_reply", "rule": "runs", "value": 4, "for_minutes": 0}
    assert judge(runs, Reading(value=0.9, cases=9, days=((10, 10),) * 6 + ((8, 10),) * 4)).holds is True
    assert judge(runs, Reading(value=0.9, cases=9, days=((10, 10),) * 4 + ((8, 10),) * 3)).holds is None


@pytest.mark.parametrize(
    "trigger",
    [
        {"measure": "mood", "rule": "below", "value": 1},
        {"measure": "overdue", "rule": "around", "value": 1},
        {"measure": "first_reply", "rule": "below", "value": 80},
        {"measure": "overdue", "rule": "runs", "value": 7},
        {"measure": "overdue", "rule": "above", "value": True},
        {"measure": "overdue", "rule": "above", "value": 1, "for_minutes": -1},
        {"measure": "overdue", "rule": "above", "value": 1, "colour": "red"},
        {"staffing_gap": 0},
        {"event": "desk.nothing_such"},
    ],
)
def test_a_trigger_that_could_never_be_judged_is_refused(trigger: dict[str, Any]):
    with pytest.raises(Invalid) as refused:
        read_trigger(trigger)
    assert refused.value.code == "playbook_trigger"


def test_each_save_is_a_version_with_its_reason(amira: Persona):
    pk = playbook(amira)
    facts = contingencies.PlaybookFacts(
        name="Many late tickets", steps=[Step(what="Stop the sale", role="Manager", minutes=5)]
    )
    with pytest.raises(Invalid, match="Say why the playbook changes"):
        contingencies.save_playbook(actor=amira.actor, contingency_id=pk, facts=facts, now=NOW)
    contingencies.save_playbook(
        actor=amira.actor, contingency_id=pk, facts=facts, reason="Rehearsed in May.", version=1, now=NOW
    )
    found = queries.playbook(actor=amira.actor, contingency_id=pk, now=NOW)
    assert [(version.number, version.reason, len(version.steps)) for version in found.versions] == [
        (2, "Rehearsed in May.", 1),
        (1, "", 2),
    ]


def test_an_agent_reads_playbooks_and_activates_none(amira: Persona, ben: Persona):
    pk = playbook(amira)
    with pytest.raises(Refused, match="A team leader or manager activates"):
        activations.activate(actor=ben.actor, contingency_id=pk, now=NOW)
    assert Activation.objects.count() == 0


def test_a_playbook_runs_once_at_a_time_and_is_put_away_only_at_rest(amira: Persona):
    pk = playbook(amira)
    activations.activate(actor=amira.actor, contingency_id=pk, now=NOW)
    with pytest.raises(Conflict, match="at work already"):
        activations.activate(actor=amira.actor, contingency_id=pk, now=NOW)
    with pytest.raises(Conflict, match="It is at work"):
        contingencies.retire_playbook(actor=amira.actor, contingency_id=pk, reason="Old.", now=NOW)
    assert (Activation.objects.count(), Contingency.objects.get().is_active) == (1, True)


@pytest.mark.parametrize("count", [5, 500])
def test_the_list_asks_the_same_few_queries_however_many_there_are(
    amira: Persona, count: int, django_assert_num_queries
):
    Contingency.objects.bulk_create(
        Contingency(name=f"Playbook {n:03}", rehearsal_due=NOW.date()) for n in range(count)
    )
    actor = amira.actor
    with django_assert_num_queries(3):
        rows, _ = queries.register(actor=actor, now=NOW)
        counts = queries.counts(actor=actor, now=NOW)
    assert (len(rows), counts["total"], counts["rehearsal_due"]) == (min(count, 50), count, count)


def test_the_product_itself_is_the_one_who_proposes(amira: Persona):
    pk = playbook(amira, OVERDUE | {"for_minutes": 0})
    made = activations.watch(
        actor=system_actor(), contingency_id=pk, holds=True, evidence="21 tickets are late.", now=NOW
    )
    assert Activation.objects.get(pk=made).evidence == "21 tickets are late."
