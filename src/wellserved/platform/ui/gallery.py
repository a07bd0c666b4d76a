"""A page with every component in every state: look here before building one. Browser tests crawl it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django import forms

from wellserved.platform.ui.types import Account, Column, MenuLink, NavGroup, NavItem, ThreadRecord

SHOWN_AT = datetime(2026, 11, 24, 14, 32, 5, tzinfo=UTC)

NAV = (
    NavGroup(
        label="Run",
        items=(
            NavItem(label="Today", url="#today", icon="today", current=True, shortcut="g t"),
            NavItem(label="Inbox", url="#inbox", icon="inbox", count=38, shortcut="g i"),
        ),
    ),
    NavGroup(
        label="Plan",
        items=(
            NavItem(label="Standards", url="#standards", icon="standards", shortcut="g s"),
            NavItem(label="Staffing", url="#staffing", icon="staffing", shortcut="g r"),
            NavItem(label="People", url="#people", icon="people", shortcut="g p"),
        ),
    ),
    NavGroup(
        label="Check",
        items=(
            NavItem(label="Listen", url="#listen", icon="listen", count=6, shortcut="g l"),
            NavItem(label="Monitor", url="#monitor", icon="monitor", count=2, shortcut="g m"),
            NavItem(label="Analyse", url="#analyse", icon="analyse", shortcut="g a"),
        ),
    ),
    NavGroup(
        label="Improve",
        items=(
            NavItem(label="Improve", url="#improve", icon="improve", count=1, shortcut="g v"),
            NavItem(label="Evidence", url="#evidence", icon="evidence", shortcut="g e"),
        ),
    ),
)

ACCOUNT = Account(
    name="Amara Okafor",
    role="Service manager",
    menu=(MenuLink(label="Your settings", url="#settings", icon="settings"),),
    sign_out_url="#sign-out",
)

STEADY = [91.9, 92.8, 91.9, 91.8, 90.9, 91.9, 93.7, 92.8, 93.6, 92.5, 92.7, 92.4, 89.9, 93.3, 92.9, 92.8]
FALLING = [81.2, 84.0, 82.6, 83.3, 81.2, 81.1, 81.6, 81.8, 82.7, 79.6, 78.9, 77.6, 76.1, 75.0, 74.1, 71.8]
RISING = [84.1, 83.0, 84.4, 84.6, 83.9, 85.0, 84.5, 83.4, 85.2, 85.1, 86.5, 86.9, 86.7, 87.4, 87.9, 88.1]


class StandardForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(help_text="As customers would say it, for example: first reply in one working hour.")
    queue = forms.ChoiceField(choices=[("email", "Email"), ("phone", "Phone"), ("chat", "Chat")])
    because = forms.CharField(label="Why this promise", widget=forms.Textarea, required=False)
    starts_on = forms.DateField(label="Starts on", widget=forms.DateInput)
    opens_at = forms.TimeField(label="Opens at", widget=forms.TimeInput)
    minutes = forms.IntegerField(label="Time allowed", min_value=1)
    limit = forms.DecimalField(label="Refund limit", required=False)
    measured = forms.ChoiceField(
        label="Clock runs",
        choices=[("open", "In opening hours"), ("always", "All the time")],
        widget=forms.RadioSelect,
    )
    announce = forms.BooleanField(label="Tell customers about this promise", required=False)
    history = forms.FileField(
        label="Past tickets", help_text="A CSV file with one row for each ticket.", required=False
    )


def fill_form() -> StandardForm:
    return StandardForm(
        initial={
            "name": "First reply in 1 h",
            "queue": "email",
            "starts_on": SHOWN_AT.date(),
            "minutes": 60,
            "measured": "open",
        },
        auto_id="good_%s",
    )


def refuse_form() -> StandardForm:
    form = StandardForm(data={"name": "", "queue": "email", "minutes": "0", "measured": "open"}, auto_id="bad_%s")
    form.is_valid()
    return form


def _states(*, changed: int, state: str) -> list[str]:
    return ["common"] * (len(STEADY) - changed) + [state] * changed


MEASURES: tuple[dict[str, object], ...] = (
    {
        "name": "First reply in 1 h",
        "scope": "Email, Retail",
        "now": 0.924,
        "target": 0.90,
        "values": STEADY,
        "mean": 92.3,
        "lower": 89.7,
        "upper": 94.9,
        "goal": 90.0,
        "states": [],
        "variation": "common",
        "assurance": "pass",
    },
    {
        "name": "Answered in 20 s",
        "scope": "Phone, all",
        "now": 0.718,
        "target": 0.80,
        "values": FALLING,
        "mean": 81.0,
        "lower": 75.4,
        "upper": 86.5,
        "goal": 80.0,
        "states": _states(changed=7, state="concern"),
        "variation": "concern",
        "assurance": "maybe",
    },
    {
        "name": "Resolved in 3 days",
        "scope": "All channels",
        "now": 0.881,
        "target": 0.85,
        "values": RISING,
        "mean": 84.4,
        "lower": 81.9,
        "upper": 87.0,
        "goal": 85.0,
        "states": _states(changed=6, state="improve"),
        "variation": "improve",
        "assurance": "fail",
    },
    {
        "name": "Complaint answered",
        "scope": "Formal complaints",
        "now": None,
        "target": 0.95,
        "values": [],
        "mean": None,
        "lower": None,
        "upper": None,
        "goal": None,
        "states": [],
        "variation": "common",
        "assurance": "unknown",
    },
)


def build_gallery_context() -> dict[str, object]:
    """Return what the page shows; where it is served, the shell puts the reader's own navigation round it."""
    return {
        "nav": NAV,
        "account": ACCOUNT,
        "live_url": "",
        "now": SHOWN_AT,
        "due": SHOWN_AT + timedelta(minutes=8),
        "form": fill_form(),
        "refused": refuse_form(),
        "measures": MEASURES,
        "columns": (
            Column(label="Standard", sort_url="#sort", sorted="ascending"),
            Column(label="Now", numeric=True),
            Column(label="Target", numeric=True),
            Column(label="26 weeks"),
            Column(label="Variation"),
            Column(label="Assurance"),
        ),
        "strip": {
            "expectation": [ThreadRecord(label="Reply while I am at my desk", url="#e1")],
            "standard": [ThreadRecord(label="First reply in 1 h", url="#s1", detail="Email, Retail, version 4")],
            "deviation": [ThreadRecord(label="D-118 Leeds depot", url="#d1")],
            "problem": [
                ThreadRecord(label="P-31 Lost batch", url="#p1"),
                ThreadRecord(label="P-12 Carrier scan", url="#p2"),
            ],
        },
    }
