"""Invitations: sent, accepted once, withdrawn."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from wellserved.apps.accounts import policies, queries
from wellserved.apps.accounts.actions import users
from wellserved.apps.accounts.models import Invitation, User
from wellserved.apps.accounts.secrets import hash_secret, make_secret
from wellserved.apps.accounts.types import STAFF_ROLES, Actor, Person, Role
from wellserved.platform import outbox, recording
from wellserved.platform.errors import Conflict, Invalid, NotFound, Refused
from wellserved.platform.origin import live_origin, world_of
from wellserved.platform.ui.formatting import format_moment

VALID_FOR = dt.timedelta(hours=72)


@transaction.atomic
def invite(*, actor: Actor, email: str, name: str, role: str, team_id: int | None, now: dt.datetime) -> int:
    """Mail somebody a link to join and return the invitation's id; an older open offer to her is withdrawn."""
    email = users.check_address(email)
    if role not in policies.grantable_roles(actor):
        raise Refused("You can invite only to roles that stand no higher than your own.", code="above_own_role")
    if team_id is None and not actor.sees_all_teams:
        raise Invalid("Choose one of your teams.", field="team")
    users.check_teams(actor, [team_id] if team_id is not None else [])
    if User.objects.filter(email__iexact=email).exists():
        raise Conflict(f"{email} already has an account.", code="email_taken")
    queries.visible_invitations(actor=actor).filter(email__iexact=email, accepted_at=None, withdrawn_at=None).update(
        withdrawn_at=now
    )
    raw = make_secret()
    invitation = Invitation.objects.create(
        email=email,
        name=" ".join(name.split())[:200],
        role=role,
        team_id=team_id,
        token_hash=hash_secret(raw),
        invited_by_id=actor.person_id,
        origin=live_origin(actor.world),
        created_at=now,
        expires_at=now + VALID_FOR,
    )
    recording.record(
        actor=actor,
        action="accounts.invite",
        subject=("accounts.invitation", invitation.pk),
        now=now,
        changes={"email": (None, email), "role": (None, role), "team": (None, team_id)},
    )
    _mail_link(invitation, raw=raw, inviter=actor.name)
    return invitation.pk


@transaction.atomic
def accept_invitation(*, token: str, name: str, password: str, now: dt.datetime) -> Person:
    """Join with the chosen password; the link works once."""
    invitation = Invitation.objects.select_for_update().filter(token_hash=hash_secret(token)).first()
    if invitation is None or not _is_open(invitation, now):
        raise NotFound("This invitation is used, withdrawn or over. Ask for a new one.", code="invitation_over")
    name = users.check_name(name)
    _check_password(password, User(email=invitation.email, name=name))
    user = users.add_user(
        email=invitation.email,
        name=name,
        role=invitation.role,
        password=password,
        team_ids=[invitation.team_id] if invitation.team_id else [],
        now=now,
        origin=invitation.origin,
    )
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    recording.record(
        actor=queries.actor_for(user=user),
        action="accounts.accept_invitation",
        subject=("accounts.user", user.pk),
        now=now,
        changes={"name": (None, name), "role": (None, user.role), "teams": ([], [invitation.team_id])},
    )
    return queries.as_person(user)


@transaction.atomic
def withdraw_invitation(*, actor: Actor, invitation_id: int, now: dt.datetime) -> None:
    """Close an open offer: its link stops working at once."""
    policies.check_can(actor, policies.EDIT_PEOPLE, "Only those who invite withdraw invitations.")
    invitation = queries.visible_invitations(actor=actor).select_for_update().filter(pk=invitation_id).first()
    if invitation is None:
        raise NotFound("There is no such invitation, or it is not yours.")
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Conflict("This invitation is already used or withdrawn.", code="invitation_settled")
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])
    recording.record(
        actor=actor,
        action="accounts.withdraw_invitation",
        subject=("accounts.invitation", invitation.pk),
        now=now,
        changes={"withdrawn_at": (None, now.isoformat())},
    )


def _is_open(invitation: Invitation, now: dt.datetime) -> bool:
    if invitation.accepted_at or invitation.withdrawn_at or invitation.expires_at <= now:
        return False
    inviter = invitation.invited_by
    reach = queries.actor_for(user=inviter, world=world_of(invitation.origin))
    return inviter.is_active and inviter.role in STAFF_ROLES and invitation.role in policies.grantable_roles(reach)


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as wrong:
        raise Invalid(" ".join(wrong.messages), field="password") from wrong


def _mail_link(invitation: Invitation, *, raw: str, inviter: str) -> None:
    until = format_moment(invitation.expires_at.astimezone(dt.UTC))
    link = settings.SITE_URL + reverse("accounts:accept_invitation", args=[raw])
    outbox.queue(
        channel="email",
        recipient=invitation.email,
        subject=f"{inviter} invites you to Wellserved",
        body=(
            f"{inviter} has invited you to join as {Role(invitation.role).label.lower()}.\n\n"
            f"Choose your password here; the link works once, until {until}:\n\n"
            f"{link}\n\nIf you did not expect this, do nothing: without the link nobody can join in your name.\n"
        ),
        headers={"Auto-Submitted": "auto-generated"},
        now=invitation.created_at,
        # What is done in the sample service never leaves the house.
        origin=invitation.origin,
    )
