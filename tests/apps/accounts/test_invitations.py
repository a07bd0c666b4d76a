"""Invitations: one use, three days, only the hash kept."""

import datetime as dt
import re

import pytest
from django.test import Client

from tests.personas import NOW, PASSWORD, Persona
from wellserved.apps.accounts import actions, queries
from wellserved.apps.accounts.models import Invitation, Team, User
from wellserved.apps.accounts.types import Role
from wellserved.apps.ledger.models import Entry
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.models import OutboxMessage

HOUR = dt.timedelta(hours=1)


def send(inviter: Persona, *, role: str = Role.AGENT, team: Team | None = None, now: dt.datetime = NOW) -> str:
    actions.invite(
        actor=inviter.actor, email="nora@example.test", name="Nora", role=role, team_id=team and team.pk, now=now
    )
    return mailed_token()


def mailed_token() -> str:
    return re.findall(r"/invitations/(\S+)", OutboxMessage.objects.latest("pk").body)[0]


def join(token: str, *, password: str = PASSWORD, now: dt.datetime = NOW) -> User:
    made = actions.accept_invitation(token=token, name="Nora Quist", password=password, now=now)
    return User.objects.get(pk=made.id)


def test_the_mail_holds_the_link_and_the_table_its_hash(amira: Persona, team_a: Team) -> None:
    token = send(amira, team=team_a)
    kept = Invitation.objects.get()
    assert OutboxMessage.objects.get().recipient == "nora@example.test"
    assert len(token) == 43
    assert token not in str(vars(kept))
    assert kept.expires_at == NOW + 72 * HOUR


def test_it_is_accepted_once(amira: Persona, team_a: Team) -> None:
    token = send(amira, team=team_a)
    nora = join(token)
    assert (nora.role, nora.email, nora.check_password(PASSWORD)) == ("agent", "nora@example.test", True)
    assert queries.actor_for(user=nora).team_ids == {team_a.pk}
    with pytest.raises(NotFound, match="used, withdrawn or over"):
        join(token)
    assert list(Entry.objects.order_by("pk").values_list("action", "actor_id")) == [
        ("accounts.invite", amira.user.pk),
        ("accounts.accept_invitation", nora.pk),
    ]


def test_it_is_over_after_three_days(amira: Persona) -> None:
    token = send(amira)
    with pytest.raises(NotFound):
        join(token, now=NOW + 72 * HOUR)
    assert join(token, now=NOW + 72 * HOUR - dt.timedelta(seconds=1)).role == "agent"


def test_a_withdrawn_one_no_longer_works(amira: Persona) -> None:
    token = send(amira)
    actions.withdraw_invitation(actor=amira.actor, invitation_id=Invitation.objects.get().pk, now=NOW)
    with pytest.raises(NotFound):
        join(token)
    with pytest.raises(Conflict):
        actions.withdraw_invitation(actor=amira.actor, invitation_id=Invitation.objects.get().pk, now=NOW)


def test_a_second_one_replaces_the_first(amira: Persona) -> None:
    first, second = send(amira), send(amira)
    with pytest.raises(NotFound):
        join(first)
    assert join(second).name == "Nora Quist"


def test_it_falls_with_whoever_sent_it(amira: Persona, ada: Persona) -> None:
    token = send(amira)
    actions.change_role(actor=ada.actor, user_id=amira.user.pk, role=Role.AGENT, now=NOW)
    with pytest.raises(NotFound):
        join(token)
    assert User.objects.filter(email="nora@example.test").count() == 0


def test_a_weak_password_joins_nobody_and_leaves_the_link_open(amira: Persona) -> None:
    token = send(amira)
    with pytest.raises(Invalid, match="too short"):
        join(token, password="short")
    with pytest.raises(Invalid, match="too common"):
        join(token, password="password123")
    assert join(token, password="p" * 40 + " é " + "q" * 60).is_active is True


def test_nobody_invites_to_a_role_above_her_own(lena: Persona, team_a: Team, team_b: Team) -> None:
    with pytest.raises(Refused):
        send(lena, role=Role.MANAGER, team=team_a)
    with pytest.raises(NotFound):
        send(lena, team=team_b)
    with pytest.raises(Invalid, match="Choose one of your teams"):
        send(lena)
    assert (Invitation.objects.count(), OutboxMessage.objects.count(), Entry.objects.count()) == (0, 0, 0)


def test_somebody_joins_through_the_pages(amira: Persona, team_a: Team) -> None:
    amira.client.post("/people/invite", {"email": "nora@example.test", "role": "agent", "team": team_a.pk})
    address = f"/invitations/{mailed_token()}"
    browser = Client()
    assert b"Amira Haddad has invited nora@example.test as agent" in browser.get(address).content
    answer = browser.post(address, {"name": "Nora Quist", "password": PASSWORD})
    assert answer["Location"] == "/accounts/login/"
    assert browser.post("/accounts/login/", {"login": "nora@example.test", "password": PASSWORD})["Location"] == "/"
    assert browser.get(address).status_code == 404


def test_a_wrong_link_reads_like_a_used_one(amira: Persona) -> None:
    token = send(amira)
    join(token)
    used, wrong = Client().get(f"/invitations/{token}"), Client().get("/invitations/guess")
    assert (used.status_code, wrong.status_code) == (404, 404)
    assert used.content == wrong.content


def test_open_sign_up_stays_closed(db: None) -> None:
    answer = Client().post("/accounts/signup/", {"email": "eve@example.test", "password1": PASSWORD})
    assert b"<h1>By invitation only</h1>" in answer.content
    assert User.objects.count() == 0


def test_a_reset_link_works_once_and_its_answer_hides_who_exists(ben: Persona) -> None:
    browser = Client()
    known = browser.post("/accounts/password/reset/", {"email": "ben@example.test"})
    unknown = browser.post("/accounts/password/reset/", {"email": "nobody@example.test"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    mail = OutboxMessage.objects.get()
    assert mail.subject == "Choose a new password for Wellserved"
    path = re.findall(r"https?://[^/]+(/\S+)", mail.body)[0]
    form = browser.get(path)["Location"]
    new = "a quite different password"
    assert browser.post(form, {"password1": new, "password2": new}).status_code == 302
    assert User.objects.get(pk=ben.user.pk).check_password(new)
    assert b"<h1>This link is over</h1>" in Client().get(path).content
