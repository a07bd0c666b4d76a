"""People who sign in, their teams, invitations and API tokens."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from wellserved.apps.accounts.types import Role
from wellserved.platform.origin import Origin


class UserManager(BaseUserManager["User"]):
    """Look people up by their address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the person with this address."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody who can sign in."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.AGENT)
    time_zone = models.CharField(max_length=64, default="Europe/London")
    is_active = models.BooleanField(default=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    created_at = models.DateTimeField()
    preferences = models.JSONField(default=dict, blank=True)
    session_epoch = models.PositiveIntegerField(default=0)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django holds every session against this hash: raising the epoch ends them all, wherever they are stored.
        return salted_hmac(
            "wellserved.accounts.session", f"{self.password}:{self.session_epoch}", secret=secret, algorithm="sha256"
        ).hexdigest()

    def get_full_name(self) -> str:
        """Return the name as allauth and mail headers ask for it."""
        return self.name


class Team(models.Model):
    """People who answer the same queues."""

    name = models.CharField(max_length=120)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    members = models.ManyToManyField(User, through="Membership", related_name="teams")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("name", "origin", name="accounts_team_name_is_unique_in_its_origin"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Somebody's place in a team."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    is_leader = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("team", "user", name="accounts_membership_is_unique"),
        ]


class Invitation(models.Model):
    """An unanswered, single-use, expiring offer to join; only the token's hash is kept."""

    email = models.EmailField()
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.LIVE)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)


class ApiToken(models.Model):
    """A scoped, expiring key to the API, shown once; only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    token_hash = models.CharField(max_length=64, unique=True)
    prefix = models.CharField(max_length=12)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
