"""What the pages of guidelines take."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from wellserved.apps.accounts.types import STAFF_ROLES, Role
from wellserved.apps.desk.forms.tickets import read_tags
from wellserved.apps.desk.types import Choice, Choices, Kind
from wellserved.apps.desk.types.knowledge import GUIDELINE_VIEWS, Content, GuidelineFilters, GuidelineKind
from wellserved.platform.http.forms import read_number

STEPS_HINT = "One step on each line. After a colon, what to do exactly: “Check the address: read it back to her.”"


def read_guideline_filters(given: Mapping[str, str]) -> GuidelineFilters:
    """Return the filters an address holds; what it cannot mean is left out."""
    view = given.get("view", "")
    return GuidelineFilters(
        view=view if view in GUIDELINE_VIEWS else "in_force",
        kind=given.get("kind", "") if given.get("kind") in GuidelineKind.values else "",
        about=given.get("about", "") if given.get("about") in Kind.values else "",
        queue=read_number(given.get("queue", "")),
        product=read_number(given.get("product", "")),
        tag=" ".join(given.get("tag", "").replace("\0", "").split())[:60],
        q=" ".join(given.get("q", "").replace("\0", "").split())[:100],
    )


def read_steps(text: str) -> tuple[tuple[str, str], ...]:
    r"""Return the steps of a text, one on each line, what to do exactly behind the first colon.

    >>> read_steps("Say sorry\n\nCheck the address: read it back")
    (('Say sorry', ''), ('Check the address', 'read it back'))
    """
    parts = (line.partition(":") for line in text.splitlines() if line.strip())
    return tuple((title.strip(), detail.strip()) for title, _, detail in parts)


def write_steps(steps: Iterable[tuple[str, str]]) -> str:
    """Return steps as they are typed."""
    return "\n".join(f"{title}: {detail}" if detail else title for title, detail in steps)


class GuidelineForm(forms.Form):
    """A guideline or a procedure, what it applies to, and who must have read it."""

    kind = forms.ChoiceField(label="What is it?", choices=GuidelineKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label="Title", max_length=160, error_messages={"required": "Give it a title."})
    body = forms.CharField(
        label="What to do",
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=20_000,
        error_messages={"required": "Say what to do."},
        help_text="Markdown: **bold**, lists with a dash, links.",
    )
    steps = forms.CharField(
        label="Steps of a procedure",
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=40_000,
        required=False,
        help_text=STEPS_HINT,
    )
    reply = forms.CharField(
        label="Text for the reply",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=5_000,
        required=False,
        help_text="Inserted with one press. {first name}, {number} and {agent} are filled in.",
    )
    kinds = forms.MultipleChoiceField(
        label="Applies to these types of ticket",
        choices=Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Choose none here and below, and it applies to every ticket.",
    )
    queues = forms.TypedMultipleChoiceField(
        label="In these queues", coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    products = forms.TypedMultipleChoiceField(
        label="About these products", coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    tags = forms.CharField(
        label="With one of these tags", max_length=500, required=False, help_text="Separate with commas."
    )
    owner = forms.TypedChoiceField(label="Owner", coerce=int, empty_value=None, required=False)
    review_on = forms.DateField(
        label="Review it by", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    roles = forms.MultipleChoiceField(
        label="Who confirms having read it: roles",
        choices=[(role, label) for role, label in Role.choices if role in STAFF_ROLES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="With teams as well, only these roles in those teams.",
    )
    teams = forms.TypedMultipleChoiceField(
        label="Who confirms having read it: teams", coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    reason = forms.CharField(label="Why it changes", max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, offered: Choices, teams: Iterable[Choice], owners: Iterable[Choice], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        lists = {"queues": offered.queues, "products": offered.products, "teams": teams}
        for name, choices in lists.items():
            self.fields[name].choices = [(c.id, c.name) for c in choices]  # type: ignore[attr-defined]
        self.fields["owner"].choices = [("", "Nobody yet"), *((c.id, c.name) for c in owners)]  # type: ignore[attr-defined]

    def content(self) -> Content:
        """Return what was filled in."""
        given = self.cleaned_data
        review_on: dt.date | None = given["review_on"]
        return Content(
            kind=given["kind"],
            title=given["title"],
            body=given["body"],
            steps=read_steps(given["steps"]),
            reply=given["reply"],
            kinds=tuple(given["kinds"]),
            queues=tuple(given["queues"]),
            products=tuple(given["products"]),
            tags=read_tags(given["tags"]),
            owner_id=given["owner"],
            review_on=review_on.isoformat() if review_on else "",
            roles=tuple(given["roles"]),
            teams=tuple(given["teams"]),
        )


def initial_of(content: Content) -> dict[str, Any]:
    """Return a content as the form shows it."""
    data = {name: getattr(content, name) for name in ("kind", "title", "body", "reply", "kinds", "queues", "products")}
    review_on = dt.date.fromisoformat(content.review_on) if content.review_on else None
    return data | {
        "steps": write_steps(content.steps),
        "tags": ", ".join(content.tags),
        "owner": content.owner_id,
        "review_on": review_on,
        "roles": content.roles,
        "teams": content.teams,
    }
