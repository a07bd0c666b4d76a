"""Who leads whom, on which every restricted record rests."""

from tests.personas import Persona, make_user
from wellserved.apps.accounts import leading
from wellserved.apps.accounts.models import Team
from wellserved.apps.accounts.types import Role
from wellserved.platform.origin import World


def led(who: Persona) -> set[str]:
    return set(leading.led_by(actor=who.actor).values_list("name", flat=True))


def test_a_leader_leads_her_team_and_a_manager_whom_no_team_leader_leads(
    amira: Persona, lena: Persona, ben: Persona, chloe: Persona, anna: Persona, dev: Persona
):
    assert led(lena) == {"Ben Okafor"}
    assert led(amira) == {"Lena Fischer", "Chloe Martin", "Anna Kowalska"}
    assert (led(ben), led(anna), led(dev)) == (set(), set(), set())


def test_two_leaders_of_one_team_do_not_lead_each_other(amira: Persona, lena: Persona, team_a: Team):
    make_user("Gareth Pugh", Role.TEAM_LEADER, team=team_a, leads=True)
    assert led(lena) == set()
    assert led(amira) == {"Lena Fischer", "Gareth Pugh"}


def test_a_manager_who_sits_in_a_team_is_led_by_nobody_in_it(lena: Persona, team_a: Team):
    make_user("Maja Berg", Role.MANAGER, team=team_a)
    assert led(lena) == set()


def test_whoever_wrote_a_record_is_passed_over_for_the_next_above(amira: Persona, lena: Persona, ben: Persona):
    first = leading.leaders_of(user_id=ben.user.pk, world=World.REAL)
    above = leading.leaders_of(user_id=ben.user.pk, world=World.REAL, but=[lena.user.pk])
    assert (first, above) == ((lena.user.pk,), (amira.user.pk,))


def test_nobody_answers_where_nobody_else_is(ben: Persona):
    assert leading.leaders_of(user_id=ben.user.pk, world=World.REAL) == ()
