"""Forms about people who sign in."""

import zoneinfo
from collections.abc import Iterable
from typing import Any

from django import forms

from wellserved.apps.accounts.types import Person, Role, TeamRow
from wellserved.platform.ui.keys import PRESETS

THEMES = (("auto", "As the device has it"), ("light", "Light"), ("dark", "Dark"))
SCOPES = (("read", "Read"), ("write", "Write"))
DAYS = ((30, "30 days"), (90, "90 days"), (365, "a year"))


def _zones() -> list[tuple[str, str]]:
    return [(zone, zone.replace("_", " ")) for zone in sorted(zoneinfo.available_timezones()) if "/" in zone]


class InviteForm(forms.Form):
    """Whom to invite, and to what."""

    email = forms.EmailField(label="Email address")
    name = forms.CharField(label="Name", max_length=200, required=False)
    role = forms.ChoiceField(label="Role")
    team = forms.TypedChoiceField(label="Team", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, roles: Iterable[str], teams: Iterable[TeamRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role, Role(role).label) for role in roles]  # type: ignore[attr-defined]
        self.fields["team"].choices = [  # type: ignore[attr-defined]
            ("", "No team"),
            *((team.id, team.name) for team in teams),
        ]


class AcceptForm(forms.Form):
    """Who joins, and the password she chooses."""

    name = forms.CharField(label="Your name", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class OwnSettingsForm(forms.Form):
    """What somebody chooses for herself."""

    name = forms.CharField(label="Name", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    time_zone = forms.ChoiceField(label="Time zone", choices=_zones)
    theme = forms.ChoiceField(label="Colours", choices=THEMES)
    shortcuts = forms.ChoiceField(label="Keyboard shortcuts", choices=list(PRESETS.items()), required=False)

    def clean_shortcuts(self) -> str:
        """Return the preset; a page that does not ask wants none."""
        return str(self.cleaned_data["shortcuts"]) or "off"


class TokenForm(forms.Form):
    """A token to make."""

    name = forms.CharField(label="What it is for", max_length=100)
    scopes = forms.MultipleChoiceField(
        label="What it may do", choices=SCOPES, initial=["read"], widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(label="How long it works", choices=DAYS, coerce=int, initial=90)


class RoleForm(forms.Form):
    """Another role for a colleague."""

    role = forms.ChoiceField(label="Role")
    reason = forms.CharField(label="Reason", max_length=500)

    def __init__(self, *args: Any, roles: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role, Role(role).label) for role in roles]  # type: ignore[attr-defined]


class AccessForm(forms.Form):
    """Close or open a colleague's access."""

    access = forms.ChoiceField(choices=(("closed", "Closed"), ("open", "Open")))
    reason = forms.CharField(label="Reason", max_length=500)


class TeamForm(forms.Form):
    """A team's name."""

    name = forms.CharField(label="Name", max_length=120)


class MemberForm(forms.Form):
    """Somebody to put in a team."""

    user_id = forms.TypedChoiceField(label="Colleague", coerce=int)
    is_leader = forms.BooleanField(label="Leads the team", required=False)

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user_id"].choices = [  # type: ignore[attr-defined]
            (person.id, f"{person.name}, {person.role_name}") for person in people
        ]


class IdForm(forms.Form):
    """One id."""

    user_id = forms.IntegerField(min_value=1, max_value=10**18)
