"""Risks: what they cost, how they stand, and what a rehearsed playbook clears."""

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from tests.personas import NOW, Persona
from wellserved.apps.standards.actions import contingencies, risks
from wellserved.apps.standards.models import Risk
from wellserved.apps.standards.queries import risks as queries
from wellserved.apps.standards.types.risks import Assessment, Control, Step
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.origin import World

pytestmark = pytest.mark.django_db
REVIEW = NOW.date() + dt.timedelta(days=90)


def assess(events: float = 4, mode: int = 50_000, *controls: Control) -> Assessment:
    return Assessment(
        events_a_year=events,
        loss_low=Decimal(mode) / 2,
        loss_mode=Decimal(mode),
        loss_high=Decimal(mode) * 2,
        controls=controls,
    )


def facts(title: str = "The website is down", assessment: Assessment | None = None) -> risks.RiskFacts:
    return risks.RiskFacts(
        title=title,
        category="system_loss",
        assessment=assessment or assess(),
        proximity="quarter",
        review_on=REVIEW,
    )


def save(who: Persona, given: risks.RiskFacts | None = None, *, seed: int = 7) -> int:
    return risks.save_risk(actor=who.actor, risk_id=None, facts=given or facts(), seed=seed, now=NOW)


def playbook(who: Persona, name: str = "Website down") -> int:
    steps = [Step(what="Ask the supplier", role="Manager", minutes=10)]
    given = contingencies.PlaybookFacts(name=name, steps=steps)
    return contingencies.save_playbook(actor=who.actor, contingency_id=None, facts=given, now=NOW)


def rehearse(who: Persona, playbook_id: int, result: str = "worked") -> None:
    contingencies.rehearse(
        actor=who.actor,
        contingency_id=playbook_id,
        held_on=NOW.date(),
        who="Both team leaders",
        result=result,
        findings="It stood in ten minutes.",
        to_change="" if result == "worked" else "Name a deputy.",
        now=NOW,
    )


def standing(who: Persona, risk_id: int) -> str:
    return queries.risk(actor=who.actor, risk_id=risk_id, now=NOW).row.standing


def test_a_risk_at_16_of_25_wants_a_playbook_and_a_rehearsal_clears_it(amira: Persona):
    pk = save(amira)
    row = queries.risk(actor=amira.actor, risk_id=pk, now=NOW).row
    assert (row.likelihood, row.impact, row.score, row.standing) == (4, 4, 16, "uncovered")
    made = playbook(amira)
    risks.answer(actor=amira.actor, risk_id=pk, playbook_ids=[made], now=NOW)
    assert standing(amira, pk) == "unrehearsed"
    rehearse(amira, made, "failed")
    assert standing(amira, pk) == "unrehearsed"
    rehearse(amira, made)
    assert standing(amira, pk) == "covered"
    risks.answer(actor=amira.actor, risk_id=pk, playbook_ids=[], now=NOW)
    assert standing(amira, pk) == "uncovered"


def test_expected_loss_is_exact_and_the_same_seed_gives_the_same_years(amira: Persona):
    first, again, other = (save(amira, facts(f"Risk {seed}"), seed=seed) for seed in (7, 8, 9))
    Risk.objects.filter(pk=again).update(seed=7)
    risks.save_risk(actor=amira.actor, risk_id=again, facts=facts("Risk 8"), seed=1, now=NOW)
    rows = Risk.objects.in_bulk([first, again, other])
    # 4 events a year of a mean of (25,000 + 4 x 50,000 + 100,000) / 6.
    assert {row.expected_loss for row in rows.values()} == {Decimal("216666.67")}
    assert rows[first].p90_loss == rows[again].p90_loss != rows[other].p90_loss


def test_a_control_lowers_the_risk_and_shows_what_it_is_worth(amira: Persona):
    cover = Control(words="A second supplier", fewer=0.5, smaller=0.0, cost=Decimal(8000))
    pk = save(amira, facts(assessment=assess(4, 50_000, cover)))
    found = queries.risk(actor=amira.actor, risk_id=pk, now=NOW)
    assert found.row.expected_loss == Decimal("108333.33")
    assert found.inherent_loss == Decimal("216666.67")
    assert found.controls[0].net == Decimal("100333.33")


def test_the_register_ranks_by_expected_loss_where_the_matrix_ties(amira: Persona):
    small = save(amira, facts("Small", assess(4, 40_000)))
    large = save(amira, facts("Large", assess(4, 60_000)))
    rows, _ = queries.register(actor=amira.actor, now=NOW)
    assert [row.id for row in rows] == [large, small]
    assert {row.score for row in rows} == {16}
    assert queries.summary(actor=amira.actor, now=NOW).matrix.cells[3][3] == 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": " "}, "risk_title"),
        ({"category": "bad luck"}, "risk_category"),
        ({"review_on": NOW.date()}, "risk_day"),
        ({"assessment": assess(0)}, "risk_frequency"),
        ({"assessment": dataclasses.replace(assess(), loss_low=Decimal(90_000))}, "risk_loss"),
        ({"assessment": dataclasses.replace(assess(), customers=-1)}, "risk_customers"),
        (
            {"assessment": assess(1, 10, Control(words="Care", fewer=2, smaller=0, cost=Decimal(0)))},
            "risk_control_share",
        ),
    ],
)
def test_what_cannot_be_assessed_is_refused_and_nothing_is_kept(amira: Persona, change: dict, code: str):
    with pytest.raises(Invalid) as refused:
        save(amira, dataclasses.replace(facts(), **change))
    assert (refused.value.code, Risk.objects.count()) == (code, 0)


def test_only_managers_assess_and_each_world_has_its_own_register(amira: Persona, lena: Persona):
    pk = save(amira)
    with pytest.raises(Refused):
        save(lena)
    with pytest.raises(NotFound):
        queries.risk(actor=amira.in_world(World.SAMPLE), risk_id=pk, now=NOW)
    assert Risk.objects.count() == 1


def test_a_stale_page_and_a_closed_risk_are_refused(amira: Persona):
    pk = save(amira)
    risks.save_risk(actor=amira.actor, risk_id=pk, facts=facts("Renamed"), seed=1, version=1, now=NOW)
    with pytest.raises(Conflict, match="version 2"):
        risks.save_risk(actor=amira.actor, risk_id=pk, facts=facts("Late"), seed=1, version=1, now=NOW)
    risks.close_risk(actor=amira.actor, risk_id=pk, reason="We left that supplier.", now=NOW)
    with pytest.raises(Conflict, match="closed"):
        risks.save_risk(actor=amira.actor, risk_id=pk, facts=facts("Late"), seed=1, now=NOW)
    assert (Risk.objects.get().title, standing(amira, pk)) == ("Renamed", "closed")


@pytest.mark.parametrize("count", [5, 500])
def test_the_register_asks_the_same_few_queries_however_many_there_are(
    amira: Persona, count: int, django_assert_num_queries
):
    pk = save(amira)
    row = Risk.objects.get(pk=pk)
    copies = [Risk(**{f.attname: getattr(row, f.attname) for f in Risk._meta.concrete_fields} | {"id": None})
              for _ in range(count - 1)]  # fmt: skip
    Risk.objects.bulk_create(copies)
    actor = amira.actor
    with django_assert_num_queries(3):
        rows, _ = queries.register(actor=actor, now=NOW)
        summary = queries.summary(actor=actor, now=NOW)
    assert (len(rows), summary.total) == (min(count, 50), count)
