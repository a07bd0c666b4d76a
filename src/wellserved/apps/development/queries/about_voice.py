"""What briefings, checks, thanks and the staff's voice hold about the person who asks."""

import datetime as dt

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.queries import attempts
from wellserved.apps.development.types.checks import AttemptState
from wellserved.apps.development.types.conflicts import CASE, ENDINGS, STAGES
from wellserved.apps.development.types.pulse import PULSE
from wellserved.apps.development.types.recognition import EVENT, RECOGNITION
from wellserved.apps.development.types.recorded import Line, Part
from wellserved.apps.development.types.suggestions import CONSULTATION, SUGGESTION, SUGGESTION_STATES
from wellserved.platform import clock
from wellserved.platform.origin import in_world

ATTEMPT, HELP, BRIEFING, AWARD, TASK = (
    "development.attempt",
    "development.help",
    "development.briefing",
    "development.award",
    "development.task",
)
Parts = tuple[Part, ...]


def _parts(*pairs: Part) -> Parts:
    return tuple((name, words) for name, words in pairs if words)


def _yes(there: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[there]


def briefings(actor: Actor, _now: dt.datetime) -> tuple[Line, ...]:
    """Tell of briefings sent to her, when she read them, and sessions she was expected at. Two queries."""
    sent = models.Delivery.objects.filter(user=actor.user_id).select_related("briefing").order_by("-sent_at", "-pk")
    live = models.Attendance.objects.filter(user=actor.user_id).select_related("session__briefing", "session__led_by")
    found = [
        Line(
            kind=BRIEFING,
            record_id=0,
            at=row.sent_at,
            title=row.briefing.title,
            by="",
            url=f"/briefings/{row.briefing_id}",
            parts=_parts(
                ("Read", clock.day_of(row.read_at) if row.read_at else "not yet"),
                ("Heard", clock.day_of(row.heard_at) if row.heard_at else ""),
                ("To catch up by", row.catch_up_on or ""),
                ("Reminders", str(row.reminders or "")),
            ),
        )
        for row in in_world(sent, actor.world, field="briefing__origin")
    ]
    found += [
        Line(
            kind=BRIEFING,
            record_id=0,
            at=row.session.held_at,
            title=f"Live: {row.session.briefing.title}",
            by=row.session.led_by.name if row.session.led_by else "",
            url=f"/briefings/{row.session.briefing_id}",
            parts=_parts(("There", _yes(row.was_there))),
        )
        for row in in_world(live, actor.world, field="session__briefing__origin").order_by("-session__held_at")
    ]
    return tuple(found)


def goes(actor: Actor, _now: dt.datetime) -> tuple[Line, ...]:
    """Tell of goes at checks with their scores and the reasons given, and of help she got. Four queries."""
    rows = models.Attempt.objects.filter(user=actor.user_id).prefetch_related("answers__judged_by")
    loaded = list(in_world(rows, actor.world, field="check_of__origin").order_by("-started_at", "-pk"))
    named = attempts.titles([row.pk for row in loaded]) if loaded else {}
    helps = models.Help.objects.filter(user=actor.user_id).select_related("by").order_by("-at", "-pk")
    found = [
        Line(
            kind=ATTEMPT,
            record_id=row.pk,
            at=row.started_at,
            title=named[row.pk],
            by=", ".join(sorted({each.judged_by.name for each in row.answers.all() if each.judged_by})),
            url=f"/checks/goes/{row.pk}",
            parts=_parts(
                ("State", AttemptState(row.state).label),
                ("Score", f"{row.score:.0%}" if row.score is not None else ""),
                ("Reasons", " ".join(each.reasons for each in row.answers.all() if each.reasons)),
            ),
        )
        for row in loaded
    ]
    found += [
        Line(
            kind=HELP,
            record_id=row.pk,
            at=row.at,
            title=f"Help with check {row.check_of_id}, version {row.number}",
            by=row.by.name if row.by else "",
            url="",
            parts=_parts(("What was done", row.how)),
        )
        for row in in_world(helps, actor.world, field="check_of__origin")
    ]
    return tuple(found)


def thanks(actor: Actor, _now: dt.datetime) -> tuple[Line, ...]:
    """Tell of thanks and of rewards she was given. Two queries."""
    rows = in_world(models.Recognition.objects.filter(user=actor.user_id), actor.world).select_related("given_by")
    given = models.Award.objects.filter(user=actor.user_id).select_related("scheme", "given_by")
    found = [
        Line(
            kind=RECOGNITION,
            record_id=row.pk,
            at=row.given_at,
            title=f"Thanks: {row.value}",
            by=row.given_by.name if row.given_by else "",
            url=f"/recognition/{row.pk}",
            parts=_parts(("Words", row.words)),
        )
        for row in rows.order_by("-given_at", "-pk")
    ]
    found += [
        Line(
            kind=AWARD,
            record_id=row.pk,
            at=row.given_at,
            title=f"{row.scheme.name}: {row.what}",
            by=row.given_by.name if row.given_by else "",
            url=f"/rewards/{row.scheme_id}",
            parts=_parts(("Why", row.why), ("Worth", f"{row.amount} {row.scheme.currency}" if row.amount else "")),
        )
        for row in in_world(given, actor.world, field="scheme__origin").order_by("-given_at", "-pk")
    ]
    return tuple(found)


def said(actor: Actor, _now: dt.datetime) -> tuple[Line, ...]:
    """Tell of what she suggested by name, of what she said of proposals, and that she answered a pulse. Three queries.

    What she suggested without a name nobody can find, and so it is not told here either.
    """
    rows = in_world(models.Suggestion.objects.filter(author=actor.user_id, author__isnull=False), actor.world)
    views = models.ConsultationView.objects.filter(author=actor.user_id).select_related("consultation")
    polls = models.PulseAnswerer.objects.filter(user=actor.user_id).select_related("pulse")
    found = [
        Line(
            kind=SUGGESTION,
            record_id=0,
            at=row.given_on,
            title=row.title,
            by=actor.name,
            url=f"/suggestions/{row.pk}",
            parts=_parts(("Text", row.text), ("State", SUGGESTION_STATES[row.state]), ("Answer", row.answer)),
        )
        for row in rows.order_by("-given_on", "-pk")
    ]
    found += [
        Line(
            kind=CONSULTATION,
            record_id=0,
            at=row.said_at,
            title=row.consultation.title,
            by=actor.name,
            url=f"/consultations/{row.consultation_id}",
            parts=_parts(("You said", row.text)),
        )
        for row in in_world(views, actor.world, field="consultation__origin").order_by("-said_at", "-pk")
    ]
    found += [
        Line(
            kind=PULSE,
            record_id=0,
            at=row.pulse.opened_at.date(),
            title="A pulse you answered",
            by="",
            url=f"/pulse/{row.pulse_id}",
            parts=_parts(("What you answered", "is kept nowhere beside your name")),
        )
        for row in in_world(polls, actor.world, field="pulse__origin").order_by("-pulse__opened_at")
    ]
    return tuple(found)


def team_events(actor: Actor, _now: dt.datetime) -> tuple[Line, ...]:
    """Tell of team events she was asked to. One query."""
    rows = models.EventPlace.objects.filter(user=actor.user_id).select_related("event__organiser")
    return tuple(
        Line(
            kind=EVENT,
            record_id=row.event_id,
            at=row.event.starts_at,
            title=row.event.title,
            by=row.event.organiser.name if row.event.organiser else "",
            url=f"/team-events/{row.event_id}",
            parts=_parts(("There", _yes(row.was_there))),
        )
        for row in in_world(rows, actor.world, field="event__origin").order_by("-event__starts_at", "-pk")
    )


def cases(actor: Actor, _now: dt.datetime) -> tuple[Line, ...]:
    """Tell of the cases she is a party to. It is answered in the case alone: a contest would tell others of it.

    Two queries.
    """
    rows = models.ConflictParty.objects.filter(user=actor.user_id).select_related("case__handler")
    rows = in_world(rows, actor.world, field="case__origin").prefetch_related("case__notes")
    return tuple(
        Line(
            kind=CASE,
            record_id=0,
            at=row.case.opened_at,
            title="A case in private",
            by=row.case.handler.name if row.case.handler else "",
            url=f"/cases/{row.case_id}",
            parts=_parts(
                ("Stage", STAGES[row.case.stage]),
                ("What it is about", row.case.summary),
                ("Agreement", row.case.agreement),
                ("Decision", row.case.decision),
                ("Ended", ENDINGS.get(row.case.ending, "")),
                ("You said", " ".join(n.text for n in row.case.notes.all() if n.author_id == actor.user_id)),
            ),
        )
        for row in rows.order_by("-case__opened_at", "-pk")
    )


def tasks(actor: Actor, _now: dt.datetime) -> tuple[Line, ...]:
    """Tell of what she agreed to do in talks, coaching and reviews. One query."""
    rows = in_world(models.Task.objects.filter(owner=actor.user_id), actor.world)
    return tuple(
        Line(
            kind=TASK,
            record_id=0,
            at=row.due_on,
            title=row.words,
            by="",
            url="",
            parts=_parts(("Done", clock.day_of(row.done_at) if row.done_at else "not yet")),
        )
        for row in rows.order_by("-due_on", "-pk")
    )
