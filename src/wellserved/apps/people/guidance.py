"""The cards of this app: asking for advice, and resources that last."""

import datetime as dt
from decimal import Decimal

from wellserved.apps.accounts.types import Actor
from wellserved.apps.people import cards, queries

_REMEDY = "refund"


def register() -> None:
    """Make the cards known; called once when Django starts."""
    cards.register(
        cards.Card(
            key="responsibility-and-advice",
            rows=("F17-K7",),
            title="Taking responsibility, and asking for advice",
            points=(
                "What is referred to you stays yours until the customer has an answer, whoever you ask.",
                "Ask when it lies above your limit, touches law or safety, or sets an example for others.",
                "Ask with the question, what you would do, and by when you need it; keep the decision and its reason.",
            ),
            applied=_say_advice,
            own=_whom_to_ask,
            url="/referrals",
        )
    )
    cards.register(
        cards.Card(
            key="sustainable-resources",
            rows=("F17-K4",),
            title="Resources that last",
            points=(
                "A plan that needs overtime, one person or one supplier every week is not a plan that lasts.",
                "Look at what renews itself: skills that several hold, leave that is taken, suppliers with a second.",
                "Use what you have where it counts most before you ask for more, and write down what you found.",
            ),
            applied=_say_cover,
            url="/people/skills",
        )
    )


def _say_advice(actor: Actor, now: dt.datetime) -> str:
    limit = queries.limit_for(actor=actor, remedy=_REMEDY, subject=None, now=now)
    amount = limit.amount if limit else Decimal(0)
    currency = limit.currency if limit else "GBP"
    able = queries.who_may(actor=actor, remedy=_REMEDY, amount=amount + 1, currency=currency)
    own = f"You may refund up to {amount:,.2f} {currency} alone." if limit else "You have no limit for refunds."
    return f"{own} Above that you ask {', '.join(able)}." if able else f"{own} Nobody here may grant more alone."


def _whom_to_ask(_actor: Actor, _now: dt.datetime) -> tuple[str, str]:
    return ("Who knows what, and how high she stands", "/advisers")


def _say_cover(actor: Actor, now: dt.datetime) -> str:
    rows = queries.cover(actor=actor, on=now.date())
    single = [row.skill.name for row in rows if row.is_single_point]
    if not rows:
        return ""
    if not single:
        return f"Not one of your {len(rows)} skills hangs on one colleague alone."
    return f"{len(single)} of your {len(rows)} skills hang on one colleague alone: {', '.join(single[:4])}."
