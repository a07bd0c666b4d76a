"""The cards on briefing and understanding: how to brief, whether it was understood, and whether that matters here."""

import datetime as dt

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.models import Briefing, Delivery
from wellserved.apps.development.queries import briefings, checks, teams
from wellserved.apps.development.types.briefings import BriefingState
from wellserved.apps.development.types.checks import TeamUnderstanding
from wellserved.apps.people import cards
from wellserved.platform.ui.formatting import format_percent
from wellserved.science.statistics import correlation, wilson

_LATELY = dt.timedelta(days=90)
# With fewer teams an interval of a correlation says nothing.
FEWEST_TEAMS = 8


def register() -> None:
    """Make the cards known; called once when Django starts."""
    for card in (_how_to_brief(), _do_they_understand(), _why_it_matters()):
        cards.register(card)


def _how_to_brief() -> cards.Card:
    return cards.Card(
        key="how-to-brief",
        rows=("POC-K8", "POC-P9"),
        title="How to brief so that it arrives",
        points=(
            "Say what changed, why, and what somebody does differently tomorrow, in that order; one thing a briefing.",
            "Name whom it concerns; who is told of everything reads nothing.",
            "Give it live where it is hard or unwelcome, and leave half the time for questions.",
            "Give a day by which it is read, and let whoever was away catch up with the same words.",
            "Ask whether it was understood, not whether it was read.",
        ),
        applied=_say_reading,
        url="/briefings",
    )


def _do_they_understand() -> cards.Card:
    return cards.Card(
        key="do-they-understand",
        rows=("POC-K9", "U34-4.1"),
        title="Find out whether people understand",
        points=(
            "Ask for what they would do with a customer in front of them, not for the words of the standard.",
            "A question nearly everybody gets wrong says more of the briefing or the question than of people.",
            "A question the well-informed get wrong as often as others is ambiguous: mend it or let it go.",
            "Let somebody explain it in her own words; guessing is easy, teaching is not.",
            "Whoever did not get through is briefed again and helped; the score decides nothing else.",
        ),
        applied=_say_items,
        url="/understanding",
    )


def _why_it_matters() -> cards.Card:
    return cards.Card(
        key="understanding-and-promises",
        rows=("F17-K6",),
        title="Why it matters that standards and limits are understood",
        points=(
            "Nobody keeps a promise she does not know of, and nobody decides alone who does not know that she may.",
            "Unclear limits show as referrals of what could have been settled at once, and as grants beyond them.",
            "When a standard changes, what people knew is wrong from that hour: brief before it begins.",
            "That two figures go together does not say which of them causes the other.",
        ),
        applied=_say_teams,
        url="/understanding",
    )


def _say_reading(actor: Actor, now: dt.datetime) -> str:
    rows = briefings.visible(actor=actor).filter(state=BriefingState.PUBLISHED, published_at__gt=now - _LATELY)
    told = Delivery.objects.filter(briefing__in=rows)
    sent = told.count()
    if not sent:
        return "Nothing was briefed here in the last 90 days."
    met = told.exclude(read_at=None, heard_at=None).count()
    lacking = Briefing.objects.filter(pk__in=rows, due_on=None).count()
    without = f" {lacking} had no day by which to be read." if lacking else ""
    return f"Of {sent} briefings sent to somebody in the last 90 days {met} were read or heard.{without}"


def _say_items(actor: Actor, _now: dt.datetime) -> str:
    if not briefings.briefs(actor):
        return ""
    found = checks.items_of({check.id: check.pass_share for check in checks.held(actor=actor)[:20]})
    counted = [each for each in found if each.share is not None]
    if not counted:
        return "Too few answers yet to say of any question how hard it is."
    hard = sorted((each for each in counted if each.is_hard), key=lambda each: (each.share or 0, each.question.id))
    if not hard:
        return f"Of {len(counted)} questions with enough answers none is hard."
    first = hard[0]
    return (
        f"Of {len(counted)} questions with enough answers {len(hard)} are hard, most of all “{first.question.text}”: "
        f"{first.right} of {first.answers} right at the first go."
    )


def _say_teams(actor: Actor, now: dt.datetime) -> str:
    rows = teams.teams(actor=actor, now=now)
    if not rows:
        return f"Too few to say: a team shows from {teams.FEWEST_PEOPLE} people who are asked something."
    pairs = teams.shares(rows)
    said = "; ".join(_say_team(row) for row in rows)
    found = correlation([a for a, _ in pairs], [b for _, b in pairs]) if len(pairs) >= FEWEST_TEAMS else None
    if found is None:
        return f"{said}. Whether the two go together: too few teams to say ({len(pairs)}, {FEWEST_TEAMS} are needed)."
    return (
        f"{said}. Over {found.pairs} teams understanding and late promises go together at {found.value:+.2f} "
        f"(95 % interval {found.low:+.2f} to {found.high:+.2f})."
    )


def _say_team(row: TeamUnderstanding) -> str:
    return (
        f"{row.name}: understood {_share(row.understood, row.asked)}, late {_share(row.late, row.due)}, "
        f"referred {_share(row.referred, row.tickets)}"
    )


def _share(part: int, whole: int) -> str:
    if not whole:
        return "of none"
    interval = wilson(part, whole)
    between = f"{format_percent(interval.low, 0)} to {format_percent(interval.high, 0)}"
    return f"{format_percent(part / whole, 0)} of {whole} ({between})"
