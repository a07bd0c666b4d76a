"""The card of this app: negotiating with and reassuring customers, learnt by playing conversations through."""

import datetime as dt

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.queries import talks
from wellserved.apps.people import cards

A_YEAR = dt.timedelta(days=365)


def register() -> None:
    """Make the card known; called once when Django starts."""
    cards.register(
        cards.Card(
            key="negotiate-and-reassure",
            rows=("F6-K4",),
            title="Negotiating with customers, and reassuring them",
            points=(
                "Say first what is certain, then by when the rest will be: reassurance is a fact, not a tone.",
                "Ask what the customer needs before you offer; two needs can often be met where two demands cannot.",
                "Know your limit before you begin, and name what you can do rather than what you cannot.",
            ),
            applied=_say_played,
            url="/development/coaching",
        )
    )


def _say_played(actor: Actor, now: dt.datetime) -> str:
    played = talks.role_plays(actor=actor, since=(now - A_YEAR).date())
    if not played:
        return "You have not played such a conversation through in the past year: ask whoever leads you for coaching."
    times = "once" if played == 1 else f"{played} times"
    return f"You have played such a conversation through {times} in the past year."
