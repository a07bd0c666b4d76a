"""What the apps below hold about the person who asks: her account, her profile, what she did."""

import datetime as dt

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.types import Actor, Role
from wellserved.apps.development.types.recorded import Line, Part
from wellserved.apps.ledger.queries import acts, discussion
from wellserved.apps.people import cards
from wellserved.apps.people import queries as people
from wellserved.apps.people.queries.adjustments import KIND
from wellserved.apps.people.queries.adjustments import adjustments as own_adjustments
from wellserved.platform.ui import formatting

A_YEAR = dt.timedelta(days=365)


def account(actor: Actor, now: dt.datetime) -> tuple[Line, ...]:
    """Tell of the account and its open doors. Three queries."""
    own = accounts.own_settings(actor=actor)
    tokens = accounts.tokens(actor=actor, now=now)
    return (
        _line(
            "accounts.user",
            actor,
            now,
            "Your account",
            "/me",
            ("Name", own.name),
            ("Address", own.email),
            ("Role", str(Role(actor.role).label)),
            ("Time zone", own.time_zone),
            ("Open API tokens", ", ".join(token.name for token in tokens)),
        ),
    )


def profile(actor: Actor, now: dt.datetime) -> tuple[Line, ...]:
    """Tell of profile, skills, limits, and what colleagues wrote beside them. Twelve queries at most."""
    found = people.profile(actor=actor, user_id=actor.person_id, now=now)
    url = f"/people/{actor.person_id}"
    skills = [
        (
            held.name,
            f"{held.level_name}{f', until {formatting.format_day(held.expires_on)}' if held.expires_on else ''}",
        )
        for held in found.colleague.skills
    ]
    own = _line(
        "people.profile",
        actor,
        now,
        "Your profile",
        url,
        ("Job title", found.colleague.job_title),
        ("Phone at work", found.phone),
        ("Started on", found.started_on or ""),
        ("Availability", found.colleague.availability_name),
        *skills,
        *((row.remedy, f"up to {row.amount} {row.currency} {row.period_name}") for row in found.limits),
    )
    said = discussion.comments(actor=actor, subject=("people.profile", actor.person_id))
    return own, *(
        Line(
            kind="ledger.comment",
            record_id=row.id,
            at=row.at,
            title="A comment beside your profile",
            by=row.author,
            url=url,
            parts=(("Words", row.body),),
        )
        for row in said
    )


def adjustments(actor: Actor, _now: dt.datetime) -> tuple[Line, ...]:
    """Tell of what is done so that she can work well. Two queries."""
    return tuple(
        Line(
            kind=KIND,
            record_id=row.id,
            at=row.agreed_at,
            title="Adjustment",
            by=row.agreed_by,
            url=f"/people/{row.user_id}",
            parts=(("What is done", row.text), ("Looked at again", row.review_on)),
        )
        for row in own_adjustments(actor=actor, user_id=actor.person_id)
    )


def knowledge(actor: Actor, _now: dt.datetime) -> tuple[Line, ...]:
    """Tell of the learning cards she said she has understood. One query."""
    known = people.understood(actor=actor)
    return tuple(
        Line(
            kind="people.learning",
            record_id=0,
            at=at,
            title=cards.registry[key].title if key in cards.registry else key,
            by=actor.name,
            url="/learning",
            parts=(),
        )
        for key, at in sorted(known.items(), key=lambda pair: pair[1], reverse=True)
    )


def work(actor: Actor, now: dt.datetime) -> tuple[Line, ...]:
    """Tell how often she did what in the past year, and what she granted. Four queries at most."""
    since = now - A_YEAR
    counted = acts.counted(actor=actor, since=since)
    used = people.own_use(actor=actor, user_id=actor.person_id, since=since, now=now)
    return (
        _line(
            "ledger.entry",
            actor,
            now,
            "What you did in the past year, counted",
            "",
            *(
                (f"You {sentence}", f"{n} times, last on {formatting.format_day(last)}")
                for sentence, n, last in counted
            ),
            *((f"You granted: {name}", f"{n} times, {formatting.format_money(sum_)}") for name, n, sum_ in used),
        ),
    )


def _line(kind: str, actor: Actor, now: dt.datetime, title: str, url: str, *parts: Part) -> Line:
    shown = tuple((name, value) for name, value in parts if value)
    return Line(kind=kind, record_id=actor.person_id, at=now, title=title, by="", url=url, parts=shown)
