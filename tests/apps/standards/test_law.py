"""The register of law: packs bring duties, duties are reviewed and attested, and one finds one's own."""

import datetime as dt
import pathlib

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings

from tests.personas import NOW, Persona
from wellserved.apps.accounts.queries import system_actor
from wellserved.apps.standards.actions import law as actions
from wellserved.apps.standards.models import Obligation, RulePack, RulePackVersion
from wellserved.apps.standards.queries import law as queries
from wellserved.apps.standards.types.law import ObligationFilters
from wellserved.platform.errors import Invalid, Refused

HOUSE = system_actor()
TODAY = NOW.date()


def duties(actor: object, **given: object) -> list[str]:
    found = queries.obligations(actor=actor, filters=ObligationFilters(**given), on=TODAY)
    return [row.title for row in found.rows]


def test_a_sector_pack_brings_its_duties_with_clock_and_letter(amira: Persona) -> None:
    actions.load_offered(actor=amira.actor, file="uk-ofgem.toml", now=NOW)
    (row,) = (row for row in Obligation.objects.all() if row.pack_key == "signpost")
    assert (row.clock, row.letter, row.owner_id) == ("deadlock", "deadlock", amira.user.pk)
    assert len(duties(amira.actor)) == 3


def test_one_finds_the_duties_of_a_role(amira: Persona, ben: Persona) -> None:
    actions.load_offered(actor=amira.actor, file="uk-ofgem.toml", now=NOW)
    assert duties(ben.actor, role="analyst") == [
        "Publish once a year how many were not resolved by the next working day"
    ]
    assert duties(ben.actor, role="decision_maker") == []


def test_loading_a_pack_again_changes_nothing_and_another_of_its_key_adds_a_version(amira: Persona) -> None:
    first = actions.load_offered(actor=amira.actor, file="uk-ofcom-before-2026-04.toml", now=NOW)
    assert actions.load_offered(actor=amira.actor, file="uk-ofcom-before-2026-04.toml", now=NOW) == first
    actions.load_offered(actor=amira.actor, file="uk-ofcom-2026-04.toml", now=NOW)
    assert list(RulePackVersion.objects.order_by("number").values_list("number", "effective_from")) == [
        (1, dt.date.min),
        (2, dt.date(2026, 4, 8)),
    ]
    held = [queries.pack_for(actor=HOUSE, pack_id=None, on=day).number for day in (TODAY, dt.date(2026, 4, 8))]
    assert held == [1, 2]
    assert Obligation.objects.count() == 2


def test_only_those_who_change_standards_load_packs(lena: Persona) -> None:
    with pytest.raises(Refused):
        actions.load_offered(actor=lena.actor, file="uk-sar.toml", now=NOW)
    assert RulePack.objects.count() == 0


def test_a_duty_is_attested_by_those_it_concerns_and_anew_when_it_changes(amira: Persona, ben: Persona) -> None:
    actions.load_offered(actor=amira.actor, file="iso-10002.toml", now=NOW)
    duty = Obligation.objects.get(pack_key="known")
    actions.attest(actor=ben.actor, obligation_id=duty.pk, now=NOW)
    assert queries.obligation(actor=ben.actor, obligation_id=duty.pk, on=TODAY).attested
    actions.review_obligation(
        actor=amira.actor, obligation_id=duty.pk, next_on=dt.date(2027, 3, 1), finding="Still kept", now=NOW
    )
    assert not queries.obligation(actor=ben.actor, obligation_id=duty.pk, on=TODAY).attested
    signed = queries.signatures(actor=amira.actor, obligation_id=duty.pk)
    assert [(row.name, row.is_current) for row in signed] == [("Ben Okafor", False)]


def test_nobody_attests_a_duty_that_does_not_concern_her(amira: Persona, ben: Persona) -> None:
    made = actions.save_obligation(
        actor=amira.actor,
        obligation_id=None,
        title="Report to the board",
        summary="Once a year.",
        kind="law",
        review_on=dt.date(2027, 1, 1),
        roles=["manager"],
        is_attested=True,
        now=NOW,
    )
    with pytest.raises(Refused, match="does not concern your role"):
        actions.attest(actor=ben.actor, obligation_id=made, now=NOW)


def test_a_review_that_is_overdue_shows_on_today_until_it_is_kept(amira: Persona) -> None:
    made = actions.save_obligation(
        actor=amira.actor,
        obligation_id=None,
        title="Keep the fire plan",
        summary="Where everybody can read it.",
        kind="policy",
        review_on=dt.date(2026, 1, 1),
        now=NOW,
    )
    assert queries.overdue_reviews(actor=amira.actor, on=TODAY) == ("Keep the fire plan",)
    with pytest.raises(Invalid, match="The next review lies ahead"):
        actions.review_obligation(actor=amira.actor, obligation_id=made, next_on=TODAY, finding="Kept", now=NOW)
    actions.review_obligation(
        actor=amira.actor, obligation_id=made, next_on=dt.date(2027, 1, 1), finding="Kept", now=NOW
    )
    assert queries.overdue_reviews(actor=amira.actor, on=TODAY) == ()


@pytest.mark.django_db
def test_a_pack_dropped_into_the_folder_is_on_offer_and_a_broken_one_says_why(
    settings: Settings, tmp_path: pathlib.Path
) -> None:
    settings.VAR = tmp_path
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs/broken.toml").write_text("key = 1")
    faults = {offer.file: offer.fault for offer in queries.offers(actor=HOUSE) if offer.fault}
    assert list(faults) == ["broken.toml"]
    assert "`clocks` should hold 1 to 60 tables" in faults["broken.toml"]


@pytest.mark.django_db
def test_the_command_adds_a_pack_and_refuses_one_that_says_nothing(tmp_path: pathlib.Path) -> None:
    call_command("packs", "add", "uk-sar.toml")
    assert RulePack.objects.get().key == "uk.sar"
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('key = "x"')
    with pytest.raises(CommandError, match="`clocks` should hold"):
        call_command("packs", "add", str(wrong))
    assert RulePack.objects.count() == 1
