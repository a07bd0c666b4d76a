"""Forget who complained: the words go, the stages, dates and figures stay."""

from collections.abc import Sequence

from wellserved.apps.accounts import actions as accounts
from wellserved.apps.desk.models import (
    Complaint,
    ComplaintLetter,
    ComplaintRemedy,
    ComplaintStage,
    ComplaintWait,
    OutsideCase,
)

ERASED = "erased"


def empty_complaints(ticket_ids: Sequence[int]) -> list[int]:
    """Erase the words of the complaints of these tickets and return the complaints' ids; for this app alone."""
    ids = list(Complaint.objects.filter(ticket__in=ticket_ids).values_list("pk", flat=True))
    Complaint.objects.filter(pk__in=ids).update(
        complainant=accounts.FORGOTTEN, summary=ERASED, record={}, answer="", lessons="", extension_reason=""
    )
    ComplaintLetter.objects.filter(complaint__in=ids).update(body=ERASED, ticks={})
    ComplaintStage.objects.filter(complaint__in=ids).update(note="")
    ComplaintWait.objects.filter(complaint__in=ids).update(note="")
    ComplaintRemedy.objects.filter(complaint__in=ids).update(note="")
    OutsideCase.objects.filter(complaint__in=ids).update(reference="", person="", decision=ERASED)
    return ids
