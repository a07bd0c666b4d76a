"""Forms of incidents: whom they affect, and what those are told."""

from typing import Any

from django import forms

from wellserved.apps.desk.types import InboxFilters
from wellserved.platform.http.forms import HiddenId


class IncidentForm(forms.Form):
    """What went wrong, and for whom: a list of addresses, a file, or the open tickets that match."""

    title = forms.CharField(
        label="What went wrong?", max_length=160, error_messages={"required": "Say in a few words what went wrong."}
    )
    what = forms.CharField(label="What is known", max_length=1000, required=False, widget=forms.Textarea)
    list = forms.CharField(
        label="Customers, as a table",
        required=False,
        max_length=500_000,
        widget=forms.Textarea,
        help_text="Paste rows with a heading, such as email, name, order.",
    )
    file = forms.FileField(label="Or a file (CSV or workbook)", required=False)
    words = forms.CharField(
        label="Or whoever has an open ticket with these words",
        required=False,
        max_length=200,
        help_text="The same search as in the inbox.",
    )
    queue = forms.TypedChoiceField(
        label="Or an open ticket in this queue", required=False, coerce=int, empty_value=None
    )
    crisis = HiddenId()

    def __init__(self, *args: Any, queues: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["queue"].choices = [("", "No queue"), *queues]  # type: ignore[attr-defined]

    def table(self) -> tuple[bytes, str]:
        """Return the pasted or uploaded table and its name; nothing of either is an empty one."""
        if upload := self.cleaned_data["file"]:
            return upload.read(), upload.name
        return self.cleaned_data["list"].strip().encode(), ""

    def filters(self) -> InboxFilters | None:
        """Return what the tickets must match, or None when nothing was asked."""
        words, queue = self.cleaned_data["words"].strip(), self.cleaned_data["queue"]
        return InboxFilters(q=words, queue=queue) if words or queue else None


class NoticeForm(forms.Form):
    """What the affected customers are told."""

    notice = forms.CharField(
        label="Notice",
        max_length=5000,
        widget=forms.Textarea,
        help_text="{name} and {reference} are filled in for each customer.",
        error_messages={"required": "Write what they are told."},
    )
    is_urgent = forms.BooleanField(label="Urgent: also to whoever had an automatic message today", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
