"""The cards on hearing the staff and on rewarding them."""

import datetime as dt

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development.queries import pulse, rewards
from wellserved.apps.people import cards


def register() -> None:
    """Make the cards known; called once when Django starts."""
    cards.register(
        cards.Card(
            key="encouraging-feedback",
            rows=("F17-K11", "F17-B4"),
            title="Who answers, and who does not",
            points=(
                "Whoever does not answer differs from whoever does: the tired and the contented both stay silent.",
                "Answers come when the last ones changed something; say what was done before you ask again.",
                "Keep it short, anonymous, and at a time when there is time; remind all, never single people.",
                "A small group is not shown: nobody speaks freely where she can be recognised.",
            ),
            applied=_say_response,
            url="/pulse",
        )
    )
    cards.register(
        cards.Card(
            key="reward-strategies",
            rows=("F11-K7", "U34-A1.3b"),
            title="Rewards that motivate",
            points=(
                "Thanks for something particular, soon after it, costs nothing and lasts longest.",
                "Work that grows with the person, more say and more learning, motivates; a bonus mostly pays.",
                "Rules all can read, and reasons given, make a reward fair; secrecy makes it a favour.",
                "Reward what helps the customer and can be influenced, and judge the scheme by what it was for.",
            ),
            applied=_say_schemes,
            url="/rewards",
        )
    )


def _say_response(actor: Actor, _now: dt.datetime) -> str:
    found = pulse.last_closed(actor=actor)
    if found is None:
        return "No pulse has been closed here yet, so there is no response rate to speak of."
    row = pulse.pulse(actor=actor, pulse_id=found)
    groups = pulse.results(actor=actor, pulse_id=found)[1:]
    said = f"{row.answers} of {row.asked} answered the last pulse here, {row.answers / max(row.asked, 1) * 100:.0f} %."
    quiet = [
        f"{group.name} ({group.answers} of {group.asked})"
        for group in groups
        if group.answers is not None and group.answers * row.asked < row.answers * group.asked
    ]
    few = [group.name for group in groups if group.is_withheld]
    missing = f" Less than the whole: {', '.join(quiet)}." if quiet else ""
    hidden = f" Withheld because too few answered: {', '.join(few)}; the result lacks their weight." if few else ""
    return f"{said}{missing}{hidden}"


def _say_schemes(actor: Actor, _now: dt.datetime) -> str:
    found = rewards.evaluated(actor=actor)
    total, ended = sum(found.values()), sum(n for outcome, n in found.items() if outcome)
    if not total:
        return "No reward scheme is written down here yet."
    return f"Of {total} schemes here {ended} were evaluated, and {found.get('reached', 0)} reached what they were for."
