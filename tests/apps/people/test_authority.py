"""Limits of authority: one place, sums over the period, nobody's own."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.personas import NOW, Persona
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.ledger.models import Entry
from wellserved.apps.people import actions, queries
from wellserved.apps.people.models import AuthorityLimit, AuthorityUse
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.origin import World

TICKET = ("desk.ticket", 1)
OTHER_TICKET = ("desk.ticket", 2)


def allow(amount: int, *, role: str = "", user_id: int | None = None, period: str = "ticket") -> int:
    return actions.set_limit(
        actor=accounts.system_actor(),
        remedy="refund",
        amount=Decimal(amount),
        period=period,
        role=role,
        user_id=user_id,
        reason="Agreed in March",
        now=NOW,
    )


def grant(
    persona: Persona,
    amount: str,
    *,
    subject: tuple[str, int] = TICKET,
    beside: tuple[int, ...] = (),
    now: dt.datetime = NOW,
) -> Decimal:
    left = actions.use_authority(
        actor=persona.actor, remedy="refund", amount=Decimal(amount), subject=subject, beside=beside, now=now
    )
    return left.left


def test_within_the_limit_it_is_granted_and_recorded(ben: Persona) -> None:
    allow(50, role="agent")
    assert grant(ben, "30.00") == Decimal("20.00")
    use = AuthorityUse.objects.get()
    assert (use.user_id, use.amount, use.subject_kind, use.subject_id) == (ben.user.pk, 30, "desk.ticket", 1)
    entry = Entry.objects.latest("pk")
    assert (entry.action, entry.actor_id, entry.subject_kind) == ("people.use_authority", ben.user.pk, "desk.ticket")


def test_over_the_limit_says_how_much_and_who_may(ben: Persona, lena: Persona) -> None:
    allow(50, role="agent")
    allow(200, role="manager")
    allow(100, user_id=lena.user.pk)
    with pytest.raises(Refused) as caught:
        grant(ben, "50.01")
    refusal = caught.value
    assert refusal.code == "over_authority"
    assert refusal.data == {
        "limit": Decimal(50),
        "asked": Decimal("50.01"),
        "used": Decimal(0),
        "who_may": ["Lena Fischer", "Manager"],
    }
    assert refusal.sentence == (
        "50.01 GBP is over your limit: you may grant 50.00 GBP per ticket. It can be granted by: Lena Fischer, Manager."
    )
    assert AuthorityUse.objects.count() == 0


def test_splitting_is_held_against_the_same_limit(ben: Persona) -> None:
    allow(50, role="agent")
    grant(ben, "25.00")
    grant(ben, "25.00")
    with pytest.raises(Refused, match=r"of which 50\.00 is used"):
        grant(ben, "0.01")
    assert grant(ben, "50.00", subject=OTHER_TICKET) == 0
    assert AuthorityUse.objects.count() == 3


def test_two_colleagues_do_not_give_on_one_ticket_what_neither_may(ben: Persona, chloe: Persona) -> None:
    allow(50, role="agent")
    grant(ben, "40.00")
    with pytest.raises(Refused, match=r"of which 40\.00 is used\."):
        grant(chloe, "10.01")
    assert grant(chloe, "10.00") == 0
    assert [row.left for row in queries.allowances(actor=ben.actor, subject=TICKET, now=NOW)] == [0]


def test_a_second_ticket_of_the_same_customer_is_no_way_round_for_thirty_days(ben: Persona, chloe: Persona) -> None:
    allow(50, role="agent")
    grant(ben, "40.00")
    with pytest.raises(Refused, match=r"40\.00 is used on it and on this customer's other tickets of the last 30 days"):
        grant(ben, "10.01", subject=OTHER_TICKET, beside=(1,))
    allowed = queries.allowances(actor=ben.actor, subject=OTHER_TICKET, beside=(1,), now=NOW)
    assert [row.left for row in allowed] == [10]
    assert AuthorityUse.objects.count() == 1
    assert grant(chloe, "50.00", subject=OTHER_TICKET, beside=(1,)) == 0
    later = NOW + dt.timedelta(days=30, seconds=1)
    assert grant(ben, "50.00", subject=("desk.ticket", 3), beside=(1, 2), now=later) == 0


def test_a_day_ends_at_midnight_where_the_person_is(ben: Persona) -> None:
    ben.user.time_zone = "Asia/Tokyo"
    ben.user.save()
    allow(50, role="agent", period="day")
    before = dt.datetime(2026, 3, 3, 14, 59, 59, tzinfo=dt.UTC)
    assert grant(ben, "50.00", now=before) == 0
    with pytest.raises(Refused):
        grant(ben, "1.00", subject=OTHER_TICKET, now=before)
    assert grant(ben, "50.00", now=before + dt.timedelta(seconds=1)) == 0


def test_a_month_sums_its_days(ben: Persona) -> None:
    allow(50, role="agent", period="month")
    grant(ben, "50.00", now=dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC))
    with pytest.raises(Refused):
        grant(ben, "1.00", now=dt.datetime(2026, 3, 31, 22, 59, tzinfo=dt.UTC))
    assert grant(ben, "1.00", now=dt.datetime(2026, 3, 31, 23, 0, tzinfo=dt.UTC)) == 49


@pytest.mark.parametrize(("own", "left"), [(80, 50), (30, 0)])
def test_her_own_limit_replaces_that_of_the_role(ben: Persona, own: int, left: int) -> None:
    allow(50, role="agent")
    allow(own, user_id=ben.user.pk)
    assert grant(ben, "30.00") == left


def test_without_a_limit_nothing_is_granted(ben: Persona, ada: Persona) -> None:
    assert queries.limit_for(actor=ben.actor, remedy="refund", subject=TICKET, now=NOW) is None
    with pytest.raises(Refused, match="you may grant nothing"):
        grant(ben, "0.01")
    with pytest.raises(Refused, match="you may grant nothing"):
        grant(ada, "0.01")


def test_the_sample_has_its_own_limits_and_sums(ben: Persona) -> None:
    allow(50, role="agent")
    sample = ben.in_world(World.SAMPLE)
    with pytest.raises(Refused):
        actions.use_authority(actor=sample, remedy="refund", amount=Decimal(1), subject=TICKET, now=NOW)


def test_another_currency_is_another_limit(ben: Persona) -> None:
    allow(50, role="agent")
    with pytest.raises(Refused):
        actions.use_authority(
            actor=ben.actor, remedy="refund", amount=Decimal(1), subject=TICKET, now=NOW, currency="EUR"
        )


def test_nobody_approves_her_own_request(amira: Persona, ben: Persona) -> None:
    allow(200, role="manager")
    given = {"remedy": "refund", "amount": Decimal(60), "subject": TICKET, "now": NOW}
    with pytest.raises(Refused, match="Nobody approves her own request"):
        actions.use_authority(actor=amira.actor, asked_by=amira.user.pk, **given)
    actions.use_authority(actor=amira.actor, asked_by=ben.user.pk, **given)
    assert AuthorityUse.objects.count() == 1


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "NaN", "Infinity", "1E+40"])
def test_an_amount_that_is_none_is_refused(ben: Persona, amount: str) -> None:
    allow(50, role="agent")
    with pytest.raises(Invalid):
        grant(ben, amount)
    assert AuthorityUse.objects.count() == 0


class TestTheTable:
    def test_a_change_needs_a_reason_and_the_version_read(self, amira: Persona) -> None:
        limit_id = allow(50, role="agent")
        given = {"actor": amira.actor, "remedy": "refund", "role": "agent", "period": "ticket", "now": NOW}
        with pytest.raises(Invalid, match="Say why"):
            actions.set_limit(amount=Decimal(60), reason=" ", version=1, **given)
        assert actions.set_limit(amount=Decimal(60), reason="Prices rose", version=1, **given) == limit_id
        with pytest.raises(Conflict) as caught:
            actions.set_limit(amount=Decimal(70), reason="Prices rose", version=1, **given)
        assert caught.value.data["difference"]["amount"] == "60.00"
        assert AuthorityLimit.objects.get().amount == 60

    def test_nobody_sets_her_own_or_a_higher_roles(self, amira: Persona) -> None:
        given = {
            "actor": amira.actor,
            "remedy": "refund",
            "amount": Decimal(9),
            "period": "day",
            "reason": "Why not",
            "now": NOW,
        }
        with pytest.raises(Refused, match="Nobody sets her own limit"):
            actions.set_limit(user_id=amira.user.pk, **given)
        with pytest.raises(Refused, match="no higher than your own"):
            actions.set_limit(role="administrator", **given)
        assert AuthorityLimit.objects.count() == 0

    def test_a_team_leader_reads_it_and_changes_nothing(self, lena: Persona) -> None:
        allow(50, role="agent")
        assert b"50.00 GBP" in lena.client.get("/people/authority").content
        answer = lena.client.post(
            "/people/authority/set",
            {"holder": "role:agent", "remedy": "refund", "amount": "900", "period": "day", "reason": "More"},
        )
        assert answer.status_code == 403
        assert AuthorityLimit.objects.get().amount == 50

    def test_an_agent_sees_roles_and_herself_only(self, ben: Persona, lena: Persona) -> None:
        allow(50, role="agent")
        allow(70, user_id=ben.user.pk)
        allow(90, user_id=lena.user.pk)
        holders = [row.holder for row in queries.limits(actor=ben.actor)]
        assert holders == ["Ben Okafor", "Agent"]

    def test_it_is_set_and_removed_on_the_page(self, amira: Persona) -> None:
        form = {"holder": "role:agent", "remedy": "refund", "amount": "40", "period": "day", "reason": "First"}
        assert amira.client.post("/people/authority/set", form)["Location"] == "/people/authority"
        row = AuthorityLimit.objects.get()
        assert (row.role, row.amount, row.period, row.version) == ("agent", 40, "day", 1)
        gone = amira.client.post(f"/people/authority/{row.pk}/remove", {"reason": "Trial over", "version": 1})
        assert gone["Location"] == "/people/authority"
        assert AuthorityLimit.objects.count() == 0

    def test_a_limit_of_the_other_world_reads_as_absent(self, amira: Persona) -> None:
        limit_id = allow(50, role="agent")
        with pytest.raises(NotFound):
            actions.remove_limit(
                actor=amira.in_world(World.SAMPLE), limit_id=limit_id, reason="Why not", version=1, now=NOW
            )
