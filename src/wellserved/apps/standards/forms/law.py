"""What people type about duties and rule packs."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from wellserved.apps.accounts.types import STAFF_ROLES, Person
from wellserved.apps.standards.models import Obligation
from wellserved.apps.standards.queries.law import role_names
from wellserved.apps.standards.types.law import ObligationFilters

LARGEST_PACK = 1_000_000


def read_law_filters(given: Mapping[str, str]) -> ObligationFilters:
    """Return the filters an address names; a part that makes no sense narrows nothing."""
    role, kind = given.get("role", ""), given.get("kind", "")
    return ObligationFilters(
        q=given.get("q", "").strip()[:200],
        role=role if role in STAFF_ROLES else "",
        kind=kind if kind in Obligation.Kind.values else "",
        overdue=given.get("overdue", "") == "1",
    )


class ObligationForm(forms.Form):
    """A duty."""

    title = forms.CharField(label="Duty", max_length=200, help_text="What must be done, as a verb.")
    kind = forms.ChoiceField(label="Where it comes from", choices=Obligation.Kind.choices)
    summary = forms.CharField(label="What it asks", widget=forms.Textarea, max_length=2000)
    process = forms.CharField(label="How we keep it", max_length=200, required=False)
    source = forms.URLField(label="Where it is published", max_length=500, required=False, assume_scheme="https")
    owner = forms.TypedChoiceField(label="Owner", coerce=int, required=False, empty_value=None)
    review_on = forms.DateField(label="Look at it again on", widget=forms.DateInput(attrs={"type": "date"}))
    roles = forms.MultipleChoiceField(label="Whom it concerns", required=False, widget=forms.CheckboxSelectMultiple)
    is_attested = forms.BooleanField(label="Those it concerns say that they know it", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, owners: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "Nobody yet"), *((p.id, p.name) for p in owners)]  # type: ignore[attr-defined]
        self.fields["roles"].choices = list(role_names().items())  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    """That a duty was looked at."""

    finding = forms.CharField(label="What the review found", max_length=500)
    next_on = forms.DateField(label="Look at it again on", widget=forms.DateInput(attrs={"type": "date"}))


class PackForm(forms.Form):
    """A rule pack of one's own."""

    file = forms.FileField(label="Rule pack", help_text="TOML or JSON, as the reference on rule packs describes.")
    reason = forms.CharField(label="Why", max_length=300, required=False)

    def clean_file(self) -> str:
        """Return the text of the file."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST_PACK:
            raise forms.ValidationError("A rule pack is smaller than a megabyte.")
        try:
            text: str = given.read().decode("utf-8")
        except UnicodeDecodeError as wrong:
            raise forms.ValidationError("The file is not UTF-8 text.") from wrong
        return text
