"""A plan from its first line to the day it is agreed and changed: what it writes, what it refuses."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.personas import NOW, Persona
from wellserved.apps.accounts.models import User
from wellserved.apps.accounts.types import Role
from wellserved.apps.ledger.actions import approvals
from wellserved.apps.ledger.models import Approval, Entry
from wellserved.apps.people import actions as people
from wellserved.apps.standards import actions as clocks
from wellserved.apps.standards.actions import agreeing, carrying_out, commitments, plans
from wellserved.apps.standards.models import Plan, PlanVersion, Target
from wellserved.apps.standards.queries import plans as queries
from wellserved.apps.standards.queries import targets as target_queries
from wellserved.apps.standards.types.targets import Baseline
from wellserved.apps.thread import queries as thread
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.origin import World

TODAY = NOW.date()
ENDS = dt.date(2026, 8, 31)
MONTHS = 6
LATER = NOW + dt.timedelta(days=15)


@pytest.fixture
def standard(amira: Persona) -> int:
    return make_standard(amira)


def make_standard(who: Persona, name: str = "First reply") -> int:
    if not Plan.objects.exists():
        clocks.create_default_standards(actor=who.actor, now=NOW)
    calendar = clocks.save_calendar(
        actor=who.actor,
        calendar_id=None,
        name=f"Hours of {name}",
        spec={"tz": "Europe/London", "hours": {"0": [["09:00", "17:00"]]}, "holidays": []},
        now=NOW,
    ).calendar_id
    answers = {
        "name": name,
        "expectation": "They wait.",
        "promise": "Within 8 h 30 min.",
        "measure": "first_reply",
        "source": "desk",
        "target": 0.9,
        "seconds": 30_600,
        "calendar": calendar,
        "audience": "customers",
        "frequency": "week",
        "effective_on": TODAY,
        "owner_id": who.user.pk,
        "review_on": TODAY + dt.timedelta(days=90),
    }
    pk = commitments.save_draft(actor=who.actor, standard_id=None, answers=answers, now=NOW).pk
    commitments.agree(actor=who.actor, standard_id=pk, now=NOW)
    return pk


def set_limit(boss: Persona, who: Persona, amount: str, period: str = "ticket") -> int:
    return people.set_limit(
        actor=boss.actor,
        remedy="spend",
        amount=Decimal(amount),
        period=period,
        user_id=who.user.pk,
        reason="As agreed",
        now=NOW,
    )


def write(who: Persona, standard: int, *, monthly: str = "1000", name: str = "Keep it", but: str = "") -> int:
    pk = plans.create(
        actor=who.actor, name=name, owner_id=who.user.pk, starts_on=dt.date(2026, 3, 1), ends_on=ENDS, now=NOW
    )
    whole: dict[str, Any] = {
        "objectives": ["Nine in ten first replies in time"],
        "standards": [standard],
        "actions": [{"what": "Brief the team", "owner_id": who.user.pk, "due_on": TODAY + dt.timedelta(days=7)}],
        "criteria": [{"library": "standards_kept", "level": "Eleven weeks of twelve"}],
        "monitoring": [{"what": "Share kept", "every": "week", "reviewer_id": who.user.pk, "starts_on": TODAY}],
        "budget": [{"label": "People", "kind": "people", "monthly": monthly}],
        "sustainability": "Cover holds; nobody works more than planned.",
    }
    for section, given in whole.items():
        if section != but:
            plans.save_section(actor=who.actor, plan_id=pk, section=section, given=given, now=NOW)
    return pk


def send(who: Persona, plan_id: int, to: Persona, now: dt.datetime = NOW) -> int:
    return agreeing.send(actor=who.actor, plan_id=plan_id, approver_id=to.user.pk, now=now)


def agree(who: Persona, plan_id: int, by: Persona) -> int:
    asked = send(who, plan_id, by)
    approvals.decide(actor=by.actor, approval_id=asked, approve=True, now=NOW, reason="Within means")
    return agreeing.put_in_force(actor=who.actor, plan_id=plan_id, now=NOW)


def state(plan_id: int) -> tuple[str, int | None, int]:
    row = Plan.objects.get(pk=plan_id)
    return row.state, row.approval_id, row.agreed_number


def test_a_plan_costs_its_lines_every_month_it_touches(amira: Persona, standard: int):
    pk = write(amira, standard, monthly="1000.50")
    assert Plan.objects.get(pk=pk).amount == Decimal("6003.00")
    links = thread.links(actor=amira.actor, kind="standards.plan", record_id=pk)
    assert [(link.verb, link.other.kind, link.other.id) for link in links] == [
        ("delivers", "standards.standard", standard)
    ]


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("objectives", "needs an objective"),
        ("standards", "needs a standard"),
        ("actions", "needs an action"),
        ("criteria", "needs an evaluation criterion"),
        ("monitoring", "needs a monitoring arrangement"),
        ("sustainability", "whether it can be kept up"),
    ],
)
def test_a_plan_that_is_not_whole_is_not_sent_and_says_what_is_missing(
    amira: Persona, frank: Persona, ada: Persona, standard: int, section: str, said: str
):
    set_limit(ada, frank, "10000")
    pk = write(amira, standard, but=section)
    with pytest.raises(Invalid, match=said):
        send(amira, pk, frank)
    assert (state(pk), Approval.objects.count()) == (("draft", None, 0), 0)


def test_an_approved_plan_takes_effect_as_approved_and_is_locked(
    amira: Persona, frank: Persona, ada: Persona, standard: int
):
    set_limit(ada, frank, "10000")
    pk = write(amira, standard)
    agree(amira, pk, frank)
    version = PlanVersion.objects.get()
    assert (state(pk)[0], version.number, version.approved_by, version.condition) == (
        "agreed",
        1,
        "Frank Osei",
        "Within means",
    )
    with pytest.raises(Conflict, match="agreed and locked"):
        plans.save_section(actor=amira.actor, plan_id=pk, section="sustainability", given="Other", now=NOW)
    assert Plan.objects.get(pk=pk).content["sustainability"] == "Cover holds; nobody works more than planned."


@pytest.mark.parametrize("decided", [False, True])
def test_a_plan_altered_after_it_was_sent_loses_its_approval(
    amira: Persona, frank: Persona, ada: Persona, standard: int, decided: bool
):
    set_limit(ada, frank, "10000")
    pk = write(amira, standard)
    asked = send(amira, pk, frank)
    for _ in range(decided):
        approvals.decide(actor=frank.actor, approval_id=asked, approve=True, now=NOW)
    lost = plans.save_section(
        actor=ada.actor,
        plan_id=pk,
        section="budget",
        given=[{"label": "People", "kind": "people", "monthly": "1600"}],
        now=NOW,
    )
    assert (lost, state(pk), Approval.objects.get().state) == (True, ("draft", None, 0), "withdrawn")
    with pytest.raises(Conflict, match="no approval of this plan"):
        agreeing.put_in_force(actor=amira.actor, plan_id=pk, now=NOW)
    assert PlanVersion.objects.count() == 0


def test_an_approver_who_lost_her_authority_meanwhile_is_refused_at_the_moment_of_effect(
    amira: Persona, frank: Persona, ada: Persona, standard: int
):
    limit = set_limit(ada, frank, "10000")
    pk = write(amira, standard)
    asked = send(amira, pk, frank)
    approvals.decide(actor=frank.actor, approval_id=asked, approve=True, now=NOW)
    people.remove_limit(actor=ada.actor, limit_id=limit, reason="Reorganised", version=1, now=NOW)
    with pytest.raises(Refused, match="no longer has the authority") as refusal:
        agreeing.put_in_force(actor=amira.actor, plan_id=pk, now=NOW)
    assert (refusal.value.code, state(pk)[0], Approval.objects.get().state) == ("authority_lost", "asked", "approved")
    assert PlanVersion.objects.count() == 0


def test_an_approver_who_changed_role_meanwhile_is_refused(amira: Persona, frank: Persona, ada: Persona, standard: int):
    set_limit(ada, frank, "10000")
    pk = write(amira, standard)
    approvals.decide(actor=frank.actor, approval_id=send(amira, pk, frank), approve=True, now=NOW)
    User.objects.filter(pk=frank.user.pk).update(role=Role.ANALYST)
    with pytest.raises(Refused, match="may no longer approve"):
        agreeing.put_in_force(actor=amira.actor, plan_id=pk, now=NOW)
    assert state(pk)[0] == "asked"


def test_nobody_agrees_to_her_own_plan_nor_without_authority(
    amira: Persona, frank: Persona, ada: Persona, standard: int
):
    set_limit(ada, amira, "10000")
    pk = write(amira, standard)
    with pytest.raises(Invalid, match="somebody else decides"):
        send(amira, pk, amira)
    with pytest.raises(Invalid, match=r"Frank Osei has no limit of authority for spending. .*may"):
        send(amira, pk, frank)
    assert (state(pk), Approval.objects.count()) == (("draft", None, 0), 0)


def test_amounts_agreed_for_the_same_standards_count_together(
    amira: Persona, frank: Persona, ada: Persona, standard: int
):
    set_limit(ada, frank, "10000")
    first, second = write(amira, standard, name="One half"), write(amira, standard, name="The other half")
    other = write(amira, make_standard(amira, "Settled"), name="Something else")
    asked = send(amira, second, frank)
    agree(amira, first, frank)
    with pytest.raises(Refused, match=r"£6,000 was agreed for the same standards before"):
        approvals.decide(actor=frank.actor, approval_id=asked, approve=True, now=NOW)
    assert Approval.objects.get(pk=asked).state == "open"
    agree(amira, other, frank)
    assert state(other)[0] == "agreed"


def test_nobody_agrees_to_a_plan_she_has_written_though_a_colleague_sends_it(
    amira: Persona, frank: Persona, ada: Persona, standard: int
):
    set_limit(ada, amira, "10000")
    written, owned = write(amira, standard), write(ada, standard, name="Ada's words")
    plans.save_frame(
        actor=ada.actor, plan_id=owned, name="Ada's words", owner_id=amira.user.pk,
        starts_on=dt.date(2026, 3, 1), ends_on=ENDS, now=NOW,
    )  # fmt: skip
    for pk in (written, owned):
        with pytest.raises(Invalid, match="has written it or answers for it, so somebody else agrees"):
            send(ada, pk, amira)
    assert (state(written), state(owned), Approval.objects.count()) == (
        ("draft", None, 0),
        ("draft", None, 0),
        0,
    )


def test_whoever_has_written_one_section_does_not_agree_to_the_plan(
    amira: Persona, frank: Persona, ada: Persona, standard: int
):
    set_limit(amira, ada, "10000")
    pk = write(amira, standard)
    plans.save_section(actor=ada.actor, plan_id=pk, section="sustainability", given="It holds.", now=NOW)
    with pytest.raises(Invalid, match=r"Ada Larsen has written it"):
        send(amira, pk, ada)
    assert state(pk) == ("draft", None, 0)


def test_two_people_do_not_agree_to_two_halves_of_what_neither_may(
    amira: Persona, frank: Persona, ada: Persona, standard: int
):
    set_limit(ada, frank, "10000")
    set_limit(amira, ada, "10000")
    agree(amira, write(amira, standard, name="One half"), frank)
    other = write(amira, standard, name="The other half")
    with pytest.raises(Invalid, match=r"Ada Larsen may agree to £10,000, and £6,000 was agreed for the same standards"):
        send(amira, other, ada)
    assert state(other)[0] == "draft"


def test_what_somebody_with_more_authority_agreed_does_not_use_up_the_limit_below(
    amira: Persona, frank: Persona, ada: Persona, standard: int
):
    set_limit(ada, frank, "10000")
    set_limit(amira, ada, "100000")
    agree(amira, write(amira, standard, name="The large part"), ada)
    small = write(amira, standard, name="A small part", monthly="100")
    agree(amira, small, frank)
    assert state(small)[0] == "agreed"


def test_a_monthly_limit_counts_everything_agreed_in_the_month(
    amira: Persona, frank: Persona, ada: Persona, standard: int
):
    set_limit(ada, frank, "10000", period="month")
    agree(amira, write(amira, standard), frank)
    pk = write(amira, make_standard(amira, "Settled"), name="Something else")
    with pytest.raises(Invalid, match="in the period before"):
        send(amira, pk, frank)
    assert state(pk)[0] == "draft"


def test_a_counter_offer_re_costs_the_plan_and_what_is_agreed_is_locked(
    amira: Persona, frank: Persona, ada: Persona, standard: int
):
    set_limit(ada, frank, "10000")
    pk = write(amira, standard)
    lines = [
        {"label": "People", "kind": "people", "monthly": "900"},
        {"label": "Seats", "kind": "licences", "monthly": "100"},
    ]
    plans.save_section(actor=amira.actor, plan_id=pk, section="budget", given=lines, now=NOW)
    asked = send(amira, pk, frank)
    approvals.counter_offer(
        actor=frank.actor, approval_id=asked, now=NOW, reason="Ten per cent less", amount=Decimal(5400)
    )
    agreeing.accept_offer(actor=amira.actor, plan_id=pk, now=NOW)
    version = PlanVersion.objects.get()
    assert (version.amount, [line["monthly"] for line in version.content["lines"]]) == (
        Decimal("5400.00"),
        ["810.00", "90.00"],
    )
    assert (version.condition, state(pk)[0], Approval.objects.get().state) == ("Ten per cent less", "agreed", "used")


def test_an_agreed_plan_changes_only_on_an_evaluation_and_its_second_version_shows_what_differs(
    amira: Persona, frank: Persona, ada: Persona, standard: int
):
    set_limit(ada, frank, "10000")
    pk = write(amira, standard)
    agree(amira, pk, frank)
    with pytest.raises(Invalid, match="Choose the evaluation"):
        agreeing.reopen(actor=amira.actor, plan_id=pk, reason="Too little", evaluation_id=0, now=LATER)
    found = plans.evaluate(
        actor=amira.actor,
        plan_id=pk,
        finding="Too few at peak",
        decision="modify",
        figures=[("Reviews in time", "2 of 2")],
        now=LATER,
    )
    agreeing.reopen(actor=amira.actor, plan_id=pk, reason="More at peak", evaluation_id=found, now=LATER)
    rows = [{"key": "b1", "label": "People", "kind": "people", "monthly": "1100"}]
    plans.save_section(actor=amira.actor, plan_id=pk, section="budget", given=rows, now=LATER)
    agree(amira, pk, frank)
    newest = queries.plan(actor=amira.actor, plan_id=pk, now=LATER).versions[0]
    assert (newest.number, newest.reason, newest.evaluation_id) == (2, "More at peak", found)
    assert newest.changes == (
        ("Budget", "6000.00", "6600.00"),
        ("Budget line", "People (people): 1000.00 a month", "People (people): 1100.00 a month"),
    )


def test_a_review_comes_due_is_done_in_time_or_missed(amira: Persona, frank: Persona, ada: Persona, standard: int):
    set_limit(ada, frank, "10000")
    pk = write(amira, standard)
    assert queries.due(actor=amira.actor, now=NOW) == ()
    agree(amira, pk, frank)
    assert [(each.what, each.state) for each in queries.due(actor=amira.actor, now=NOW)] == [("Share kept", "due")]
    carrying_out.mark(actor=amira.actor, plan_id=pk, kind="review", key="m1", on=TODAY, note="93 % of 120", now=NOW)
    assert queries.due(actor=amira.actor, now=NOW) == ()
    seen = queries.plan(actor=amira.actor, plan_id=pk, now=LATER).occasions
    assert [(each.kind, each.on.day, each.state) for each in seen if each.on.month == 3] == [
        ("review", 3, "done"),
        ("action", 10, "due"),
        ("review", 10, "missed"),
        ("review", 17, "due"),
        ("review", 24, "ahead"),
    ]


def test_a_review_without_a_finding_or_by_somebody_else_is_refused(
    amira: Persona, frank: Persona, ada: Persona, ben: Persona, lena: Persona, standard: int
):
    set_limit(ada, frank, "10000")
    pk = write(amira, standard)
    agree(amira, pk, frank)
    given: dict[str, Any] = {"plan_id": pk, "kind": "review", "key": "m1", "on": TODAY, "now": NOW}
    with pytest.raises(Invalid, match="a review without a finding was none"):
        carrying_out.mark(actor=amira.actor, **given)
    with pytest.raises(Refused, match="Only whoever is to do this"):
        carrying_out.mark(actor=lena.actor, note="All well", **given)
    with pytest.raises(NotFound, match="no such plan"):
        carrying_out.mark(actor=ben.actor, note="All well", **given)
    with pytest.raises(Invalid, match="nothing of the kind"):
        carrying_out.mark(actor=amira.actor, note="All well", **(given | {"on": TODAY + dt.timedelta(days=1)}))
    assert Entry.objects.filter(action="standards.mark_plan").count() == 0


def test_a_month_far_from_its_plan_is_explained_in_a_sentence(
    amira: Persona, frank: Persona, ada: Persona, standard: int
):
    set_limit(ada, frank, "10000")
    pk = write(amira, standard)
    agree(amira, pk, frank)
    given: dict[str, Any] = {"plan_id": pk, "line": "b1", "month": TODAY, "now": NOW}
    with pytest.raises(Invalid, match="say in a sentence why"):
        carrying_out.enter_spending(actor=amira.actor, amount=Decimal(1200), **given)
    carrying_out.enter_spending(actor=amira.actor, amount=Decimal(1200), note="Overtime in the storm week", **given)
    budget = queries.plan(actor=amira.actor, plan_id=pk, now=NOW).budget
    assert (budget.planned, budget.actual, budget.forecast, budget.lines[0].note) == (
        Decimal("6000.00"),
        Decimal("1200.00"),
        Decimal("7200.00"),
        "Overtime in the storm week",
    )
    assert budget.sentence == (
        "£200 over the £1,000 planned for 1 month: People +£200. At this rate it ends at £7,200 of £6,000."
    )


ORDINARY = Baseline(weeks=20, cases=900, mean=0.8, lower=0.72, upper=0.88)


def target(who: Persona, plan_id: int, **given: Any) -> int:
    return carrying_out.set_target(
        **{
            "actor": who.actor,
            "plan_id": plan_id,
            "level": "organisation",
            "statement": "First replies in time",
            "measure": "first_reply",
            "value": 0.85,
            "due_on": ENDS,
            "baseline": ORDINARY,
            "now": NOW,
            **given,
        }
    )


def test_targets_cascade_and_one_past_what_weeks_allow_is_flagged(amira: Persona, ben: Persona, standard: int):
    pk = write(amira, standard)
    team = next(iter(ben.actor.team_ids))
    top = target(amira, pk, value=0.95)
    of_team = target(amira, pk, level="team", team_id=team, parent_id=top)
    target(amira, pk, level="person", user_id=ben.user.pk, parent_id=of_team)
    rows = target_queries.cascade(actor=amira.actor, plan_id=pk)
    assert [(row.who, row.shown, row.is_unrealistic) for row in rows] == [
        ("Organisation", "95 %", True),
        ("Team A", "85 %", False),
        ("Ben Okafor", "85 %", False),
    ]


def test_a_persons_target_is_hers_and_her_managers_alone(
    amira: Persona, ben: Persona, lena: Persona, anna: Persona, standard: int
):
    pk = write(amira, standard)
    top = target(amira, pk)
    of_team = target(amira, pk, level="team", team_id=next(iter(ben.actor.team_ids)), parent_id=top)
    target(amira, pk, level="person", user_id=ben.user.pk, parent_id=of_team)
    seen = {who: len(target_queries.cascade(actor=who.actor, plan_id=pk)) for who in (lena, anna, amira)}
    assert [seen[who] for who in (lena, anna, amira)] == [3, 2, 3]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"statement": "Answer quickly"}, "can be read in two ways"),
        ({"value": 85.0}, "from 1 to 100 per cent"),
        ({"due_on": dt.date(2027, 1, 1)}, "in the plan"),
        ({"level": "team"}, "Choose the organisation's target"),
    ],
)
def test_a_target_nobody_could_check_is_refused(amira: Persona, standard: int, given: dict[str, Any], said: str):
    pk = write(amira, standard)
    with pytest.raises(Invalid, match=said):
        target(amira, pk, **given)
    assert Target.objects.count() == 0


def test_a_target_set_after_the_plan_was_sent_takes_the_approval_with_it(
    amira: Persona, frank: Persona, ada: Persona, standard: int
):
    set_limit(ada, frank, "10000")
    pk = write(amira, standard)
    send(amira, pk, frank)
    target(amira, pk)
    assert (state(pk), Approval.objects.get().state) == (("draft", None, 0), "withdrawn")


def test_agents_and_the_other_world_neither_read_nor_write(amira: Persona, ben: Persona, standard: int):
    pk = write(amira, standard)
    with pytest.raises(Refused, match="Only managers write plans"):
        plans.save_section(actor=ben.actor, plan_id=pk, section="sustainability", given="No", now=NOW)
    with pytest.raises(NotFound):
        queries.plan(actor=amira.in_world(World.SAMPLE), plan_id=pk, now=NOW)
    assert Plan.objects.get(pk=pk).content["sustainability"] == "Cover holds; nobody works more than planned."
