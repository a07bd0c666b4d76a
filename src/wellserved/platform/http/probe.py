"""The address monitors ask: is this installation well?"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wellserved.platform import clock, health
from wellserved.platform.http.access import public


@public
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 `ok`, or 503 with the names of the parts that are not well; details are for people signed in."""
    findings = health.report(now=clock.now())
    if health.is_well(findings):
        return HttpResponse("ok\n", content_type="text/plain")
    unwell = ", ".join(finding.part for finding in findings if finding.vital and not finding.well)
    return HttpResponse(f"not well: {unwell}\n", content_type="text/plain", status=503)
