"""What the pages of briefings take."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from wellserved.apps.accounts.types import STAFF_ROLES, Role
from wellserved.apps.development.queries.briefings import VIEWS
from wellserved.apps.development.types.briefings import (
    MOST_ITEMS,
    Audience,
    BriefingKind,
    Content,
    Filters,
    Item,
)
from wellserved.platform.http.forms import read_number

Choices = Iterable[tuple[int, str]]
THERE, ABSENT = "there", "absent"
ATTENDED = ((THERE, "Was there"), (ABSENT, "Was not"), ("", "Not expected"))


def read_filters(given: Mapping[str, str]) -> Filters:
    """Return the filters an address holds; what it cannot mean is left out."""
    view, kind = given.get("view", ""), given.get("kind", "")
    return Filters(
        view=view if view in VIEWS else "published",
        kind=kind if kind in BriefingKind.values else "",
        plan=read_number(given.get("plan", "")),
        q=" ".join(given.get("q", "").replace("\0", "").split())[:100],
    )


def read_subject(given: Mapping[str, str]) -> tuple[str, int] | None:
    """Return the record an address or a form names as `about=kind:number`."""
    kind, _, number = given.get("about", "").rpartition(":")
    record_id = read_number(number)
    return (kind[:60], record_id) if kind and record_id is not None else None


class BriefingForm(forms.Form):
    """A briefing in its items, whom it concerns, and by when it is to be read."""

    kind = forms.ChoiceField(label="What is it?", choices=BriefingKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label="Title", max_length=160, error_messages={"required": "Give it a title."})
    everyone = forms.BooleanField(label="Everybody who works here", required=False)
    roles = forms.MultipleChoiceField(
        label="Roles",
        choices=[(role, label) for role, label in Role.choices if role in STAFF_ROLES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="With teams or queues as well, only these roles within them.",
    )
    teams = forms.TypedMultipleChoiceField(
        label="Teams", coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    queues = forms.TypedMultipleChoiceField(
        label="Teams that answer these queues", coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    people = forms.TypedMultipleChoiceField(
        label="These colleagues as well", coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    due_on = forms.DateField(
        label="To be read by", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    needs_check = forms.BooleanField(
        label="Ask for the understanding check", required=False, help_text="Of what it is about, where there is one."
    )
    by_mail = forms.BooleanField(
        label="Send a mail as well", required=False, help_text="It stands on Today in any case."
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    about = forms.CharField(widget=forms.HiddenInput, required=False, max_length=90)
    count = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_ITEMS)

    def __init__(self, *args: Any, items: int, teams: Choices, queues: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = max(1, min(items, MOST_ITEMS))
        for name, choices in (("teams", teams), ("queues", queues), ("people", people)):
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined]
        for place in range(self.items):
            self.fields[f"title{place}"] = forms.CharField(label=f"Item {place + 1}", max_length=160, required=False)
            self.fields[f"body{place}"] = forms.CharField(
                label=f"Text of item {place + 1}",
                max_length=5000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
            self.fields[f"about{place}"] = forms.CharField(widget=forms.HiddenInput, required=False, max_length=90)

    def parts(self) -> list[tuple[Any, Any, Any]]:
        """Return the fields of each item."""
        return [(self[f"title{n}"], self[f"body{n}"], self[f"about{n}"]) for n in range(self.items)]

    def content(self) -> Content:
        """Return what was filled in."""
        given = self.cleaned_data
        return Content(
            kind=given["kind"],
            title=given["title"],
            items=tuple(
                Item(
                    title=given[f"title{n}"],
                    body=given[f"body{n}"],
                    about=read_subject({"about": given[f"about{n}"]}),
                )
                for n in range(self.items)
            ),
            audience=Audience(
                everyone=given["everyone"],
                roles=tuple(given["roles"]),
                teams=tuple(given["teams"]),
                queues=tuple(given["queues"]),
                people=tuple(given["people"]),
            ),
            due_on=given["due_on"],
            by_mail=given["by_mail"],
            needs_check=given["needs_check"],
        )


def initial_of(content: Content, *, items: int, version: int | None, about: tuple[str, int] | None) -> dict[str, Any]:
    """Return a content as the form shows it."""
    found: dict[str, Any] = {
        "kind": content.kind,
        "title": content.title,
        "due_on": content.due_on,
        "by_mail": content.by_mail,
        "needs_check": content.needs_check,
        "everyone": content.audience.everyone,
        "version": version,
        "about": _write(about),
        "count": items,
    }
    found |= {name: getattr(content.audience, name) for name in ("roles", "teams", "queues", "people")}
    for place, item in enumerate(content.items):
        found |= {f"title{place}": item.title, f"body{place}": item.body, f"about{place}": _write(item.about)}
    return found


def items_wanted(content: Content, given: Mapping[str, str] | None) -> int:
    """Return how many items the form offers: what is there and one more, at least three for what has several."""
    if given is not None:
        return read_number(given.get("count", "")) or 1
    least = 1 if content.kind == BriefingKind.BRIEFING else 3
    return min(max(len(content.items) + 1, least), MOST_ITEMS)


def _write(about: tuple[str, int] | None) -> str:
    return f"{about[0]}:{about[1]}" if about else ""


class SessionForm(forms.Form):
    """Who was there when it was given live, who was not, and who was not expected."""

    note = forms.CharField(label="What was asked and answered", max_length=500, required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        for user_id, name in people:
            self.fields[f"p{user_id}"] = forms.ChoiceField(
                label=name, choices=ATTENDED, widget=forms.RadioSelect, required=False
            )

    def rows(self) -> list[Any]:
        """Return one field a person."""
        return [self[f"p{user_id}"] for user_id, _ in self.people]

    def attended(self, *answers: str) -> list[int]:
        """Return those of whom one of these was said."""
        return [user_id for user_id, _ in self.people if self.cleaned_data[f"p{user_id}"] in answers]
