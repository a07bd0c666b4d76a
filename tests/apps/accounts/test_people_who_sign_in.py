"""Making people, changing their role, closing their access."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.personas import NOW, PASSWORD, Persona, make_persona, make_team, make_user
from wellserved.apps.accounts import actions, policies, queries
from wellserved.apps.accounts.models import ApiToken, Team, User
from wellserved.apps.accounts.types import Role
from wellserved.apps.ledger.models import Entry, Value
from wellserved.platform import clock, recording
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.origin import Origin, World


def history() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("action", flat=True))


def test_the_ledger_is_the_recorder() -> None:
    from wellserved.apps.ledger import actions as ledger

    assert recording._installed == [ledger.record]


def test_a_manager_makes_an_agent_who_can_sign_in(amira: Persona, team_a: Team) -> None:
    made = actions.create_user(
        actor=amira.actor,
        email="Nora@Example.test",
        name="  Nora   Quist ",
        role=Role.AGENT,
        password=PASSWORD,
        team_ids=[team_a.pk],
        now=NOW,
    )
    user = User.objects.get(pk=made.id)
    assert (user.name, user.role, user.origin) == ("Nora Quist", "agent", "live")
    assert user.check_password(PASSWORD)
    assert made.team_ids == {team_a.pk}
    assert history() == ["accounts.create_user"]
    assert Entry.objects.get().subject_id == user.pk


def test_an_address_is_taken_once_whatever_its_case(amira: Persona, ben: Persona) -> None:
    with pytest.raises(Conflict, match="already has an account"):
        actions.create_user(
            actor=amira.actor, email="BEN@example.test", name="Ben", role=Role.AGENT, password=None, now=NOW
        )
    assert history() == []


@pytest.mark.parametrize(
    ("who", "granted"),
    [
        ("ben", ()),
        ("anna", ()),
        ("frank", ()),
        ("dev", ()),
        ("lena", ("agent", "team_leader")),
        ("amira", ("agent", "team_leader", "manager", "analyst", "decision_maker")),
        ("ada", ("agent", "team_leader", "manager", "analyst", "decision_maker", "administrator")),
    ],
)
def test_nobody_gives_a_role_above_her_own(db: None, who: str, granted: tuple[str, ...]) -> None:
    actor = make_persona(who).actor
    assert policies.grantable_roles(actor) == granted
    for role in set(Role.values) - set(granted) - {"customer"}:
        with pytest.raises(Refused):
            actions.create_user(
                actor=actor, email=f"{role}@example.test", name="Somebody", role=role, password=None, now=NOW
            )
    assert history() == []


def test_a_changed_role_counts_on_the_next_request(ada: Persona, amira: Persona) -> None:
    assert amira.client.get("/people").status_code == 200
    actions.change_role(actor=ada.actor, user_id=amira.user.pk, role=Role.AGENT, reason="Own wish", now=NOW)
    assert amira.client.get("/people").status_code == 403
    assert history() == ["accounts.change_role"]
    assert [v.content for v in Value.objects.order_by("position")] == ['"manager"', '"agent"', '"Own wish"']


def test_a_manager_cannot_touch_an_administrator(amira: Persona, ada: Persona) -> None:
    with pytest.raises(Refused, match="stands above yours"):
        actions.change_role(actor=amira.actor, user_id=ada.user.pk, role=Role.AGENT, now=NOW)
    with pytest.raises(Refused, match="stands above yours"):
        actions.deactivate(actor=amira.actor, user_id=ada.user.pk, now=NOW)
    assert User.objects.get(pk=ada.user.pk).role == "administrator"
    assert history() == []


def test_nobody_changes_her_own_role(ada: Persona) -> None:
    with pytest.raises(Refused, match="Nobody changes her own place"):
        actions.change_role(actor=ada.actor, user_id=ada.user.pk, role=Role.AGENT, now=NOW)


def test_the_last_administrator_stays(ada: Persona) -> None:
    system = queries.system_actor()
    with pytest.raises(Refused, match="Ada Larsen is the last administrator"):
        actions.deactivate(actor=system, user_id=ada.user.pk, now=NOW)
    with pytest.raises(Refused, match="Ada Larsen is the last administrator"):
        actions.change_role(actor=system, user_id=ada.user.pk, role=Role.MANAGER, now=NOW)
    make_user("Second Admin", Role.ADMINISTRATOR)
    actions.deactivate(actor=system, user_id=ada.user.pk, now=NOW)
    assert User.objects.get(pk=ada.user.pk).is_active is False


def test_an_administrator_of_the_sample_does_not_count_for_the_real_service(ada: Persona) -> None:
    make_user("Sample Admin", Role.ADMINISTRATOR, origin=Origin.SAMPLE)
    with pytest.raises(Refused, match="last administrator"):
        actions.deactivate(actor=queries.system_actor(), user_id=ada.user.pk, now=NOW)


def test_closing_access_ends_every_session_and_token_at_once(ada: Persona, ben: Persona) -> None:
    made = actions.create_token(actor=ben.actor, name="Export", scopes=["read"], days=30, now=NOW)
    assert ben.client.get("/me").status_code == 200
    actions.deactivate(actor=ada.actor, user_id=ben.user.pk, reason="Has left", now=NOW)
    assert ben.client.get("/me")["Location"] == "/accounts/login/?next=/me"
    assert queries.actor_of_token(raw=made.raw, now=NOW) is None
    actions.reactivate(actor=ada.actor, user_id=ben.user.pk, now=NOW)
    assert ben.client.get("/me")["Location"] == "/accounts/login/?next=/me"
    assert queries.actor_of_token(raw=made.raw, now=NOW) is None


def test_signing_out_everywhere_ends_the_other_devices(ben: Persona) -> None:
    other = Persona(user=ben.user).client
    assert ben.client.post("/me/sessions")["Location"] == "/accounts/login/"
    assert other.get("/me").status_code == 302


def test_a_changed_password_ends_older_sessions(ben: Persona) -> None:
    assert ben.client.get("/me").status_code == 200
    user = User.objects.get(pk=ben.user.pk)
    user.set_password("another long password")
    user.save()
    assert ben.client.get("/me").status_code == 302


def test_a_team_leader_knows_her_own_team_only(lena: Persona, ben: Persona, chloe: Persona, amira: Persona) -> None:
    assert [person.name for person in queries.staff(actor=lena.actor)] == ["Ben Okafor", "Lena Fischer"]
    with pytest.raises(NotFound):
        actions.deactivate(actor=lena.actor, user_id=chloe.user.pk, now=NOW)
    assert User.objects.get(pk=chloe.user.pk).is_active is True


def test_the_sample_and_the_real_service_do_not_know_each_other(amira: Persona) -> None:
    make_user("Sample Agent", Role.AGENT, origin=Origin.SAMPLE)
    assert [person.name for person in queries.staff(actor=amira.actor)] == ["Amira Haddad"]
    assert [person.name for person in queries.staff(actor=amira.in_world(World.SAMPLE))] == ["Sample Agent"]


def test_a_customer_knows_no_colleague(dev: Persona, ben: Persona) -> None:
    assert queries.staff(actor=dev.actor) == ()
    assert queries.teams(actor=dev.actor) == ()


@pytest.mark.parametrize("number", [2, 12])
def test_the_staff_list_costs_the_same_at_two_sizes(
    amira: Persona, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for n in range(number):
        make_user(f"Agent {n}", Role.AGENT, team=make_team("Team A"))
    actor = amira.actor
    with django_assert_num_queries(2):
        assert len(queries.staff(actor=actor)) == number + 1
    with django_assert_num_queries(2):
        assert len(queries.teams(actor=actor)[0].members) == number


class TestTokens:
    def test_a_token_is_shown_once_and_kept_as_a_hash(self, ben: Persona) -> None:
        made = actions.create_token(actor=ben.actor, name="Export", scopes=["read"], days=30, now=clock.now())
        kept = ApiToken.objects.get()
        assert made.raw.startswith("ws_")
        assert len(made.raw) == 46
        assert made.raw not in str(vars(kept))
        assert made.raw not in str(list(Value.objects.values()))
        page = ben.client.get("/me").content.decode()
        assert made.raw not in page
        assert made.raw[:10] in page

    def test_it_carries_its_scopes_until_it_expires(self, ben: Persona) -> None:
        made = actions.create_token(actor=ben.actor, name="Export", scopes=["read"], days=30, now=NOW)
        actor = queries.actor_of_token(raw=made.raw, now=NOW + dt.timedelta(days=29))
        assert actor is not None
        assert (actor.user_id, actor.token_id, actor.scopes) == (ben.user.pk, made.id, {"read"})
        assert queries.actor_of_token(raw=made.raw, now=NOW + dt.timedelta(days=30)) is None
        assert queries.actor_of_token(raw="ws_guess", now=NOW) is None

    def test_revoking_ends_it_and_only_its_owner_can(self, ben: Persona, chloe: Persona) -> None:
        made = actions.create_token(actor=ben.actor, name="Export", scopes=["read", "write"], days=1, now=NOW)
        with pytest.raises(NotFound):
            actions.revoke_token(actor=chloe.actor, token_id=made.id, now=NOW)
        assert queries.actor_of_token(raw=made.raw, now=NOW) is not None
        actions.revoke_token(actor=ben.actor, token_id=made.id, now=NOW)
        assert queries.actor_of_token(raw=made.raw, now=NOW) is None

    def test_its_last_use_is_kept_to_the_minute(self, ben: Persona) -> None:
        made = actions.create_token(actor=ben.actor, name="Export", scopes=["read"], days=30, now=NOW)
        actions.note_token_use(token_id=made.id, now=NOW)
        actions.note_token_use(token_id=made.id, now=NOW + dt.timedelta(seconds=59))
        assert ApiToken.objects.get().last_used_at == NOW
        actions.note_token_use(token_id=made.id, now=NOW + dt.timedelta(seconds=61))
        assert ApiToken.objects.get().last_used_at == NOW + dt.timedelta(seconds=61)

    @pytest.mark.parametrize(("scopes", "days"), [([], 30), (["admin"], 30), (["read"], 0), (["read"], 367)])
    def test_junk_is_refused(self, ben: Persona, scopes: list[str], days: int) -> None:
        with pytest.raises(Invalid):
            actions.create_token(actor=ben.actor, name="Export", scopes=scopes, days=days, now=NOW)
        assert ApiToken.objects.count() == 0

    def test_a_customer_gets_none(self, dev: Persona) -> None:
        with pytest.raises(Refused):
            actions.create_token(actor=dev.actor, name="Mine", scopes=["read"], days=1, now=NOW)

    def test_the_page_shows_the_secret_this_once(self, ben: Persona) -> None:
        body = ben.client.post("/me/tokens", {"name": "Export", "scopes": ["read"], "days": 30}).content.decode()
        assert body.count("<code>ws_") == 2
        assert ben.client.get("/me").content.decode().count("<code>ws_") == 1


class TestTeams:
    def test_a_manager_makes_and_names_a_team(self, amira: Persona) -> None:
        team_id = actions.create_team(actor=amira.actor, name="Night", now=NOW)
        actions.rename_team(actor=amira.actor, team_id=team_id, name="Late", now=NOW)
        assert Team.objects.get(pk=team_id).name == "Late"
        assert history() == ["accounts.create_team", "accounts.rename_team"]

    def test_two_teams_of_one_world_do_not_share_a_name(self, amira: Persona, team_a: Team) -> None:
        make_team("Night", origin=Origin.SAMPLE)
        with pytest.raises(Conflict):
            actions.create_team(actor=amira.actor, name="Team A", now=NOW)
        actions.create_team(actor=amira.actor, name="Night", now=NOW)
        assert Team.objects.filter(name="Night").count() == 2

    def test_a_team_leader_makes_none(self, lena: Persona) -> None:
        with pytest.raises(Refused):
            actions.create_team(actor=lena.actor, name="Night", now=NOW)
        assert Team.objects.count() == 1

    def test_a_member_comes_and_goes(self, amira: Persona, ben: Persona, team_b: Team) -> None:
        actions.add_member(actor=amira.actor, team_id=team_b.pk, user_id=ben.user.pk, is_leader=True, now=NOW)
        assert team_b.pk in ben.actor.team_ids
        actions.remove_member(actor=amira.actor, team_id=team_b.pk, user_id=ben.user.pk, now=NOW)
        actions.remove_member(actor=amira.actor, team_id=team_b.pk, user_id=ben.user.pk, now=NOW)
        assert team_b.pk not in ben.actor.team_ids
        assert history() == ["accounts.add_member", "accounts.remove_member"]


class TestOwnSettings:
    def test_what_one_chooses_is_kept_and_the_theme_drawn_from_the_first_byte(self, ben: Persona) -> None:
        answer = ben.client.post("/me", {"name": "Ben O.", "time_zone": "Asia/Tokyo", "theme": "dark"})
        assert answer["Location"] == "/me"
        assert answer.cookies["theme"].value == "dark"
        own = queries.own_settings(actor=ben.actor)
        assert (own.name, own.time_zone, own.theme, own.shortcuts) == ("Ben O.", "Asia/Tokyo", "dark", "off")

    def test_nobody_changes_her_role_or_address_there(self, ben: Persona) -> None:
        ben.client.post(
            "/me",
            {
                "name": "Ben",
                "time_zone": "Europe/London",
                "theme": "auto",
                "role": "administrator",
                "email": "new@example.test",
                "is_active": "",
                "origin": "sample",
                "session_epoch": "9",
            },
        )
        user = User.objects.get(pk=ben.user.pk)
        assert (user.name, user.role, user.email) == ("Ben", "agent", "ben@example.test")
        assert (user.is_active, user.origin, user.session_epoch) == (True, "live", 0)

    def test_an_unknown_zone_is_said_at_the_field_and_the_text_stays(self, ben: Persona) -> None:
        page = ben.client.post("/me", {"name": "Benjamin", "time_zone": "Mars/Base", "theme": "auto"})
        assert page.status_code == 422
        assert b'value="Benjamin"' in page.content
        assert queries.own_settings(actor=ben.actor).name == "Ben Okafor"
