"""Conflict cases: the parties' and the handler's; closed by talking, a signed agreement or a decision; forgotten."""

import datetime as dt

import pytest

from tests import personas
from tests.personas import NOW, Persona
from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.models import User
from wellserved.apps.accounts.types import Role
from wellserved.apps.development.actions import conflicts as actions
from wellserved.apps.development.models import ConflictCase, ConflictNote
from wellserved.apps.development.queries import conflicts as queries
from wellserved.apps.development.types.conflicts import CASE
from wellserved.apps.ledger import queries as ledger
from wellserved.apps.ledger.models import Comment, Entry, Value
from wellserved.apps.ledger.queries.history import HistoryFilters
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused

SECRET = "He said I was lazy"


@pytest.fixture
def case_id(ben: Persona, chloe: Persona, lena: Persona) -> int:
    return actions.open_case(
        actor=ben.actor, party_ids=(chloe.user.pk,), handler_id=lena.user.pk, summary=SECRET, now=NOW
    )


def version_of(case_id: int) -> int:
    return ConflictCase.objects.get(pk=case_id).version


def mediate(case_id: int, lena: Persona) -> None:
    actions.move(actor=lena.actor, case_id=case_id, stage="mediation", handler_id=lena.user.pk, now=NOW)
    actions.write_agreement(actor=lena.actor, case_id=case_id, text="We take turns.", now=NOW)


def test_parties_and_handler_see_it_and_nobody_else_in_any_role(
    case_id: int,
    ben: Persona,
    chloe: Persona,
    lena: Persona,
    amira: Persona,
    ada: Persona,
    anna: Persona,
    frank: Persona,
) -> None:
    people = {"ben": ben, "chloe": chloe, "lena": lena, "amira": amira, "ada": ada, "anna": anna, "frank": frank}
    seeing = {name for name, who in people.items() if queries.visible_ids(who.actor, [case_id])}
    assert seeing == {"ben", "chloe", "lena"}
    assert queries.visible_ids(accounts.system_actor(), [case_id]) == frozenset()


def test_whoever_reads_the_whole_history_reads_nothing_of_it(case_id: int, amira: Persona, ada: Persona) -> None:
    assert Entry.objects.filter(subject_kind=CASE).exists()
    for who in (amira, ada):
        page = ledger.entries(actor=who.actor, filters=HistoryFilters(kind=CASE))
        assert (page.rows, page.titles) == ((), {})
        with pytest.raises(NotFound):
            ledger.history(actor=who.actor, subject=(CASE, case_id))


def test_history_keeps_none_of_the_words(case_id: int, ben: Persona, lena: Persona) -> None:
    actions.add_note(actor=ben.actor, case_id=case_id, text="I never said so.", now=NOW)
    mediate(case_id, lena)
    said = " ".join(Value.objects.values_list("content", flat=True))
    assert not any(words in said for words in (SECRET, "never said", "take turns"))
    assert [each.action for each in ledger.history(actor=ben.actor, subject=(CASE, case_id))][-1] == (
        "development.open_case"
    )


def test_an_agreement_signed_by_both_closes_it(case_id: int, ben: Persona, chloe: Persona, lena: Persona) -> None:
    mediate(case_id, lena)
    version = version_of(case_id)
    assert actions.sign(actor=ben.actor, case_id=case_id, version=version, now=NOW) is False
    assert ConflictCase.objects.get(pk=case_id).ending == ""
    assert actions.sign(actor=chloe.actor, case_id=case_id, version=version, now=NOW) is True
    row = ConflictCase.objects.get(pk=case_id)
    assert (row.ending, row.closed_at, row.keep_until) == ("agreed", NOW, dt.date(2027, 3, 3))
    with pytest.raises(Conflict, match="closed"):
        actions.add_note(actor=ben.actor, case_id=case_id, text="One more", now=NOW)


def test_a_new_wording_is_signed_anew_and_nobody_signs_what_she_has_not_read(
    case_id: int, ben: Persona, chloe: Persona, lena: Persona
) -> None:
    mediate(case_id, lena)
    read = version_of(case_id)
    actions.sign(actor=ben.actor, case_id=case_id, version=read, now=NOW)
    actions.write_agreement(actor=lena.actor, case_id=case_id, text="She takes all.", now=NOW)
    with pytest.raises(Conflict) as refusal:
        actions.sign(actor=chloe.actor, case_id=case_id, version=read, now=NOW)
    assert refusal.value.code == "stale"
    found = queries.case(actor=ben.actor, case_id=case_id)
    assert [party.signed_at for party in found.row.parties] == [None, None]


def test_an_arbiter_decides_bindingly_and_whoever_handled_it_before_sees_it_no_more(
    case_id: int, ben: Persona, lena: Persona, amira: Persona
) -> None:
    actions.move(actor=lena.actor, case_id=case_id, stage="arbitration", handler_id=amira.user.pk, now=NOW)
    assert queries.visible_ids(lena.actor, [case_id]) == frozenset()
    with pytest.raises(Refused):
        actions.decide(actor=ben.actor, case_id=case_id, decision="I am right", now=NOW)
    actions.decide(actor=amira.actor, case_id=case_id, decision="Turns, by day.", now=NOW)
    found = queries.case(actor=ben.actor, case_id=case_id)
    assert (found.row.ending, found.decision) == ("decided", "Turns, by day.")


def test_a_case_goes_on_and_not_back_and_nobody_handles_her_own(case_id: int, ben: Persona, lena: Persona) -> None:
    mediate(case_id, lena)
    for stage, handler, refusal in (
        ("talking", lena.user.pk, Conflict),
        ("arbitration", ben.user.pk, NotFound),
        ("mediation", lena.user.pk, Invalid),
    ):
        with pytest.raises(refusal):
            actions.move(actor=lena.actor, case_id=case_id, stage=stage, handler_id=handler, now=NOW)
    with pytest.raises(Conflict):
        actions.decide(actor=lena.actor, case_id=case_id, decision="So be it", now=NOW)
    assert ConflictCase.objects.get(pk=case_id).stage == "mediation"


def test_whoever_opens_a_case_is_part_of_it(ben: Persona, chloe: Persona, lena: Persona) -> None:
    other = personas.make_user("Someone Else", Role.AGENT)
    pk = actions.open_case(
        actor=ben.actor, party_ids=(chloe.user.pk, other.pk), handler_id=lena.user.pk, summary=SECRET, now=NOW
    )
    assert {party.user_id for party in queries.case(actor=ben.actor, case_id=pk).row.parties} == {
        ben.user.pk, chloe.user.pk, other.pk,
    }  # fmt: skip
    with pytest.raises(Invalid, match="two people"):
        actions.open_case(actor=ben.actor, party_ids=(ben.user.pk,), handler_id=lena.user.pk, summary="?", now=NOW)
    with pytest.raises(Invalid, match="conflict of her own"):
        actions.open_case(actor=ben.actor, party_ids=(lena.user.pk,), handler_id=lena.user.pk, summary=SECRET, now=NOW)
    assert ConflictCase.objects.count() == 1


def test_a_closed_case_is_deleted_with_every_word_once_its_time_is_over(case_id: int, lena: Persona) -> None:
    actions.settle(actor=lena.actor, case_id=case_id, text="They shook hands.", now=NOW)
    assert actions.forget_old(now=NOW + dt.timedelta(days=365)) == 0
    assert actions.forget_old(now=NOW + dt.timedelta(days=367)) == 1
    assert (ConflictCase.objects.count(), ConflictNote.objects.count()) == (0, 0)
    kept = Entry.objects.filter(subject_kind=CASE, subject_id=case_id).exclude(action__startswith="ledger.")
    assert not Value.objects.filter(entry__in=kept, erased_at=None).exists()
    assert not Comment.objects.filter(subject_kind=CASE, erased_at=None).exists()


def test_once_its_handler_has_left_a_party_names_another(
    case_id: int, ben: Persona, lena: Persona, amira: Persona
) -> None:
    given = {"case_id": case_id, "stage": "talking", "handler_id": amira.user.pk, "now": NOW}
    with pytest.raises(Refused):
        actions.move(actor=ben.actor, **given)
    User.objects.filter(pk=lena.user.pk).update(is_active=False)
    assert queries.case(actor=ben.actor, case_id=case_id).row.is_deserted
    actions.move(actor=ben.actor, **given)
    assert ConflictCase.objects.values_list("stage", "handler").get() == ("talking", amira.user.pk)
    assert not queries.case(actor=ben.actor, case_id=case_id).row.is_deserted


def test_a_case_nobody_has_ended_is_forgotten_two_years_after_it_was_opened(case_id: int) -> None:
    last = dt.datetime(2028, 3, 3, 12, tzinfo=dt.UTC)
    assert (actions.forget_old(now=last), ConflictCase.objects.count()) == (0, 1)
    assert (actions.forget_old(now=last + dt.timedelta(days=1)), ConflictCase.objects.count()) == (1, 0)
