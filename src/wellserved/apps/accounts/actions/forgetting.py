"""Forget who stood behind a sign-in, and close it for ever."""

import datetime as dt

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F

from wellserved.apps.accounts import adapters, policies
from wellserved.apps.accounts.models import ApiToken, User
from wellserved.apps.accounts.types import Actor, Role
from wellserved.platform import recording
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world

FORGOTTEN = "Forgotten person"


@transaction.atomic
def forget_portal_user(*, actor: Actor, user_id: int, reason: str, now: dt.datetime) -> None:
    """Empty a customer's account: name, address, password, second steps and linked identities go, the row stays."""
    policies.check_can(actor, policies.SETTINGS, "Only an administrator forgets a person.")
    rows = in_world(User.objects.filter(role=Role.CUSTOMER), actor.world)
    user = rows.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise NotFound("There is no such sign-in of a customer.")
    User.objects.filter(pk=user.pk).update(
        name=FORGOTTEN,
        # Addresses are unique; this domain can never receive mail.
        email=f"forgotten-{user.pk}@forgotten.invalid",
        password=make_password(None),
        preferences={},
        is_active=False,
        session_epoch=F("session_epoch") + 1,
    )
    ApiToken.objects.filter(user=user).delete()
    adapters.forget_sign_in(user_id=user.pk)
    recording.record(
        actor=actor, action="accounts.forget_user", subject=("accounts.user", user.pk), now=now, reason=reason
    )
