"""History: the list, its export, and the check of its chain."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from wellserved.apps.accounts.policies import READ_LEDGER
from wellserved.apps.ledger import exports, queries
from wellserved.apps.ledger.forms import HistoryForm
from wellserved.apps.ledger.types import HistoryItem, Report
from wellserved.platform.http.access import needs

PAGE = 50
MOST_EXPORTED = 5000
# A walk over more would keep the page waiting for many seconds; the command has no such hurry.
MOST_VERIFIED_IN_A_PAGE = 200_000


@require_GET
@needs(READ_LEDGER)
def history(request: HttpRequest) -> HttpResponse:
    """Show who did what, newest first."""
    return _page(request, report=None)


@require_POST
@needs(READ_LEDGER)
def verify(request: HttpRequest) -> HttpResponse:
    """Check the chain and say what was found."""
    return _page(request, report=queries.verify())


@require_GET
@needs(READ_LEDGER)
def export(request: HttpRequest) -> HttpResponse:
    """Send the newest acts that match the filters as CSV."""
    page = queries.entries(
        actor=request.actor,  # type: ignore[attr-defined]
        filters=HistoryForm(request.GET).filters(),
        limit=MOST_EXPORTED,
    )
    text = exports.csv_text(
        ("Number", "When (UTC)", "Who", "Act", "Record", "Record number", "Changes", "Reason"),
        (_cells(item) for item in page.rows),
    )
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="history.csv"'
    return response


def _cells(item: HistoryItem) -> tuple[object, ...]:
    changes = "; ".join(
        f"{change.label}: erased" if change.erased else f"{change.label}: {change.before or ''} > {change.after or ''}"
        for change in item.changes
    )
    return (
        item.sequence,
        item.at.isoformat(timespec="seconds"),
        item.actor,
        item.sentence,
        item.subject_kind,
        item.subject_id,
        changes,
        item.reason,
    )


def _page(request: HttpRequest, *, report: Report | None) -> HttpResponse:
    form = HistoryForm(request.GET)
    before = request.GET.get("before", "")
    page = queries.entries(
        actor=request.actor,  # type: ignore[attr-defined]
        filters=form.filters(),
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None,
        limit=PAGE,
    )
    kept: dict[str, str] = {name: str(value) for name, value in request.GET.items() if name != "before" and value}
    status = queries.status()
    return render(
        request,
        "ledger/history.html",
        {
            "form": form,
            "page": page,
            "report": report,
            "status": status,
            "may_verify": status.sequence <= MOST_VERIFIED_IN_A_PAGE,
            "older": f"?{urlencode({**kept, 'before': str(page.next_before)})}" if page.next_before else "",
            "export": f"?{urlencode(kept)}" if kept else "",
        },
    )
