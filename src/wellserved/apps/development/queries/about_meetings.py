"""What meetings and weeks hold about the person who asks: where she was asked to be, what she took on and planned."""

import datetime as dt

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.queries import meetings
from wellserved.apps.development.queries import week as weeks
from wellserved.apps.development.types.meetings import SETTLED, SORTS
from wellserved.apps.development.types.recorded import Line
from wellserved.apps.development.types.week import WEEK
from wellserved.platform.origin import in_world
from wellserved.platform.ui.formatting import format_day

PLACE, TAKEN_ON = "development.meeting_place", "development.meeting_result"


def places(actor: Actor, _now: dt.datetime) -> tuple[Line, ...]:
    """Tell of meetings she was asked to, and whether she was there. One query."""
    rows = models.MeetingPerson.objects.filter(user=actor.user_id).select_related("meeting__chair")
    rows = in_world(rows, actor.world, field="meeting__origin").order_by("-meeting__starts_at", "-pk")
    return tuple(
        Line(
            kind=PLACE,
            record_id=row.pk,
            at=row.meeting.starts_at,
            title=row.meeting.title,
            by=row.meeting.chair.name if row.meeting.chair else "",
            url=f"/meetings/{row.meeting_id}",
            parts=() if row.was_there is None else (("There", "yes" if row.was_there else "no"),),
        )
        for row in rows
    )


def taken_on(actor: Actor, _now: dt.datetime) -> tuple[Line, ...]:
    """Tell of what she took on in meetings, and what became of it. One query."""
    rows = models.MeetingResult.objects.filter(owner=actor.user_id, meeting__in=meetings.visible(actor=actor))
    rows = rows.select_related("meeting__chair")
    return tuple(
        Line(
            kind=TAKEN_ON,
            record_id=row.pk,
            at=row.due_on or row.meeting.starts_at,
            title=row.words,
            by=row.meeting.chair.name if row.meeting.chair else "",
            url=f"/meetings/results/{row.pk}",
            parts=tuple(
                (name, words)
                for name, words in (
                    ("Sort", SORTS[row.sort]),
                    ("By", row.due_on or ""),
                    ("What became of it", SETTLED.get(row.settled, "")),
                    ("Said", row.said),
                )
                if words
            ),
        )
        for row in in_world(rows, actor.world).order_by("-due_on", "-pk")
    )


def planned(actor: Actor, _now: dt.datetime) -> tuple[Line, ...]:
    """Tell of the weeks she planned. One query."""
    return tuple(
        Line(
            kind=WEEK,
            record_id=row.pk,
            at=row.starts_on,
            title=f"Week of {format_day(row.starts_on)}",
            by=actor.name,
            url=f"/week/{row.pk}",
            parts=(("Achieved", f"{row.achieved} of {row.planned}"),) if row.closed_at else (),
        )
        for row in weeks.own(actor=actor).order_by("-starts_on")
    )
