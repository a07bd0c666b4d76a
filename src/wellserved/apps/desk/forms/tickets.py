"""What people type at the desk, read and checked before an action sees it."""

import dataclasses
import datetime as dt
import zoneinfo
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms

from wellserved.apps.desk.types import SORTS, VIEWS, Channel, Choice, Choices, InboxFilters, Kind, Level, Status, Wish
from wellserved.apps.desk.types.updates import Moment
from wellserved.apps.ledger.actions.discussion import LARGEST_FILE, MOST_FILES
from wellserved.apps.people.queries import REMEDIES
from wellserved.platform.errors import Invalid
from wellserved.platform.http.forms import HiddenId, read_number
from wellserved.platform.ui.uploads import FilesField

NUMBERS = ("queue", "assignee", "priority", "tag", "product", "place", "customer")
WORDS = ("status", "kind", "q", "sort")
NOBODY = [("", "—")]


def read_filters(given: Mapping[str, str], *, view: str) -> InboxFilters:
    """Return the filters an address names; a part that makes no sense narrows nothing."""
    read: dict[str, Any] = {"view": given.get("view", view)}
    if read["view"] not in VIEWS:
        read["view"] = view
    for name in NUMBERS:
        text = given.get(name, "")
        read[name] = int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
    read |= {name: given.get(name, "").strip()[:200] for name in WORDS}
    if read["status"] not in Status.values:
        read["status"] = ""
    if read["kind"] not in Kind.values:
        read["kind"] = ""
    if read["sort"] not in SORTS:
        read["sort"] = ""
    return InboxFilters(**read)


def write_filters(filters: InboxFilters, **changes: Any) -> str:
    """Return the filters as a query string, shortest form first."""
    pairs = dataclasses.asdict(filters) | changes
    return urlencode({name: value for name, value in pairs.items() if value not in ("", None)})


def read_query(query: str) -> InboxFilters:
    """Return the filters of a query string kept from an address."""
    return read_filters(dict(parse_qsl(query[:2000])), view="all_open")


def read_since(given: str) -> dt.datetime | None:
    """Return the moment an address names, or None when it names none."""
    try:
        moment = dt.datetime.fromisoformat(given)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def read_share(given: str) -> dict[str, Any]:
    """Return with whom a view is shared: "everyone", a team's number, or nobody for an empty choice."""
    team_id = read_number(given)
    if given not in {"", "everyone"} and team_id is None:
        raise Invalid("Share a view with a team of the list, with everyone, or with nobody.", code="share")
    return {"is_shared": given == "everyone", "team_id": team_id}


def read_assignee(given: str, *, me: int | None) -> int | None:
    """Return who is to own a ticket: "me", somebody's number, or nobody for an empty choice."""
    if given == "me":
        return me
    chosen = read_number(given)
    if given and chosen is None:
        raise Invalid("Choose a colleague from the list.", code="assignee")
    return chosen


def read_tags(given: str) -> tuple[str, ...]:
    """Return the words of a list written with commas, each once, in the order given."""
    words = (" ".join(word.split()) for word in given[:500].split(","))
    return tuple(dict.fromkeys(word for word in words if word))


def _offer(choices: Iterable[Choice], *, none: str = "—") -> list[tuple[str, str]]:
    return [("", none), *((str(choice.id), choice.name) for choice in choices)]


def _whole(value: str) -> int | None:
    return int(value) if value else None


def files_field() -> FilesField:
    """Return the field for what comes with a message."""
    return FilesField(
        most=MOST_FILES,
        largest=LARGEST_FILE,
        label="Files",
        help_text=f"Up to {MOST_FILES} files of {LARGEST_FILE // 1024**2} MB each.",
    )


class ReplyForm(forms.Form):
    """A reply or a note, with the version it was written against."""

    mode = forms.ChoiceField(choices=[("reply", "Reply"), ("note", "Internal note")])
    body = forms.CharField(
        widget=forms.Textarea, error_messages={"required": "Write something before you send it."}, max_length=100_000
    )
    then = forms.CharField(required=False)
    channel = forms.ChoiceField(choices=Wish.choices, required=False)
    version = forms.IntegerField()
    key = forms.CharField(max_length=64, required=False)
    kept = forms.CharField(required=False, widget=forms.MultipleHiddenInput)
    remedy = forms.ChoiceField(choices=[("", "Nothing"), *REMEDIES.items()], required=False)
    amount = forms.DecimalField(
        min_value=Decimal("0.01"),
        max_digits=12,
        decimal_places=2,
        required=False,
        error_messages={"invalid": "Give the amount as a number, such as 20 or 12.50."},
    )
    referral = HiddenId()
    promise = forms.CharField(max_length=400, required=False)
    comfort = forms.ChoiceField(choices=[("", "No"), *Moment.choices], required=False)
    comfort_about = forms.CharField(max_length=300, required=False)
    files = files_field()  # type: ignore[assignment]

    def clean_kept(self) -> tuple[int, ...]:
        """Return the files of the draft that are to go with it."""
        given = self.data.getlist("kept") if hasattr(self.data, "getlist") else []
        return tuple(number for number in map(read_number, given) if number is not None)

    def clean(self) -> dict[str, Any]:
        """Ask for the other half of a remedy, and for a reply to send it with."""
        cleaned = super().clean() or {}
        if "amount" in self.errors or "remedy" in self.errors:
            return cleaned
        if bool(cleaned.get("remedy")) != bool(cleaned.get("amount")):
            raise forms.ValidationError("To grant something, choose what it is and say how much; or leave both empty.")
        if cleaned.get("remedy") and cleaned.get("mode") == "note":
            raise forms.ValidationError("A note grants the customer nothing. Write a reply to grant it.")
        return cleaned


class NewTicketForm(forms.Form):
    """A ticket taken down for a customer."""

    subject = forms.CharField(
        max_length=300, label="Subject", error_messages={"required": "Say in a few words what it is about."}
    )
    body = forms.CharField(
        widget=forms.Textarea,
        label="What did the customer say?",
        error_messages={"required": "Write down what the customer said."},
        max_length=100_000,
    )
    customer_email = forms.EmailField(label="Customer's email", required=False)
    customer_name = forms.CharField(label="Customer's name", max_length=200, required=False)
    customer_id = HiddenId()
    kind = forms.ChoiceField(label="Type of ticket", choices=Kind.choices, initial=Kind.REQUEST)
    channel = forms.ChoiceField(
        label="How did it reach us?",
        choices=[c for c in Channel.choices if c[0] not in ("api", "import")],
        initial=Channel.PHONE,
    )
    queue = forms.TypedChoiceField(label="Queue", coerce=_whole, empty_value=None, required=False)
    impact = forms.ChoiceField(label="Impact", choices=Level.choices, initial=Level.MEDIUM)
    urgency = forms.ChoiceField(label="Urgency", choices=Level.choices, initial=Level.MEDIUM)
    product = forms.TypedChoiceField(label="Product", coerce=_whole, empty_value=None, required=False)
    place = forms.TypedChoiceField(label="Place", coerce=_whole, empty_value=None, required=False)
    files = files_field()  # type: ignore[assignment]

    def __init__(self, *args: Any, offered: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["queue"].choices = _offer(offered.queues, none="Default queue")  # type: ignore[attr-defined]
        self.fields["product"].choices = _offer(offered.products)  # type: ignore[attr-defined]
        self.fields["place"].choices = _offer(offered.places)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for an email or a name when no customer was picked."""
        cleaned = super().clean() or {}
        if not (cleaned.get("customer_id") or cleaned.get("customer_email") or cleaned.get("customer_name")):
            self.add_error("customer_email", "Give the customer's email, or at least a name.")
        return cleaned


class FieldsForm(forms.Form):
    """The facts of a ticket that anyone working on it may correct."""

    subject = forms.CharField(max_length=300, label="Subject")
    kind = forms.ChoiceField(label="Type of ticket", choices=Kind.choices)
    queue = forms.TypedChoiceField(label="Queue", coerce=int)
    product = forms.TypedChoiceField(label="Product", coerce=_whole, empty_value=None, required=False)
    place = forms.TypedChoiceField(label="Place", coerce=_whole, empty_value=None, required=False)
    tags = forms.CharField(label="Tags", help_text="Separate with commas.", required=False, max_length=500)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["queue"].choices = [(str(c.id), c.name) for c in offered.queues]  # type: ignore[attr-defined]
        self.fields["product"].choices = _offer(offered.products)  # type: ignore[attr-defined]
        self.fields["place"].choices = _offer(offered.places)  # type: ignore[attr-defined]

    def clean_tags(self) -> tuple[str, ...]:
        """Return the words, each once, in the order given."""
        return read_tags(self.cleaned_data["tags"])


class PriorityForm(forms.Form):
    """Impact and urgency, or a priority set against them with a reason."""

    impact = forms.ChoiceField(label="Impact", choices=Level.choices)
    urgency = forms.ChoiceField(label="Urgency", choices=Level.choices)
    override = forms.TypedChoiceField(
        label="Priority",
        choices=[("", "From impact and urgency"), ("1", "Critical"), ("2", "High"), ("3", "Normal"), ("4", "Low")],
        coerce=_whole,
        empty_value=None,
        required=False,
    )
    reason = forms.CharField(label="Reason", max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class PromiseForm(forms.Form):
    """A commitment to the customer; the moment is read in the agent's zone."""

    text = forms.CharField(max_length=300, label="What do you promise?")
    due_at = forms.DateTimeField(label="By when?", widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))


class CustomerForm(forms.Form):
    """What we know of a customer."""

    name = forms.CharField(max_length=200, label="Name", error_messages={"required": "Give the customer a name."})
    email = forms.EmailField(label="Email", required=False)
    phone = forms.CharField(max_length=40, label="Phone", required=False)
    organisation = forms.CharField(max_length=200, label="Organisation", required=False)
    is_internal = forms.BooleanField(label="A colleague: an internal customer", required=False)
    sees_organisation = forms.BooleanField(label="May see all tickets of the organisation", required=False)
    time_zone = forms.CharField(
        max_length=64, label="Time zone", help_text="For example Europe/London.", required=False
    )
    language = forms.CharField(max_length=12, label="Language", help_text="For example en or pt-PT.", required=False)
    preferred_channel = forms.ChoiceField(label="Asks to be answered", choices=Wish.choices, required=False)
    needs = forms.CharField(
        max_length=300,
        label="Needs",
        help_text="What serves her well, such as large print or a call in the morning; shown beside every reply.",
        required=False,
    )
    note = forms.CharField(max_length=500, label="Note for colleagues", widget=forms.Textarea, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_time_zone(self) -> str:
        """Refuse a zone nobody knows."""
        zone = str(self.cleaned_data["time_zone"]).strip()
        if zone and zone not in zoneinfo.available_timezones():
            raise forms.ValidationError("Give a zone such as Europe/London, or leave this empty.")
        return zone


def local_time_of(zone: str, *, now: dt.datetime) -> dt.datetime | None:
    """Return the customer's wall clock, or None when her zone is not known."""
    try:
        return now.astimezone(zoneinfo.ZoneInfo(zone)) if zone else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return None
