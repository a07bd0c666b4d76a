"""Routes that raise each kind of refusal, beside those of the product."""

from collections.abc import Callable

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from wellserved.config import urls as product
from wellserved.platform.errors import Conflict, Refused, TooMany
from wellserved.platform.http.access import needs, public, signed_in


def raising(error: Exception) -> Callable[[HttpRequest], HttpResponse]:
    @public
    def view(_request: HttpRequest) -> HttpResponse:
        raise error

    return view


STALE = Conflict("It moved on.", code="stale", difference={"body": ("mine", "theirs", "old")}, kept={"body": "mine"})


@signed_in
def enter(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


@public
def look_up(_request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponse(name)


@needs("no.such.capability")
def enter_never(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


def undeclared(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


urlpatterns = [
    path("refused", raising(Refused("Ask your manager."))),
    path("stale", raising(STALE)),
    path("fast", raising(TooMany("Slower.", retry_after=7))),
    path("fault", raising(ZeroDivisionError())),
    path("api/refused", raising(Refused("Ask your manager.", code="over_authority", limit=50))),
    path("twice", raising(IntegrityError("UNIQUE constraint failed: development_week.user_id"))),
    path("api/twice", raising(IntegrityError("UNIQUE constraint failed: development_week.user_id"))),
    path("api/unruly", raising(IntegrityError("CHECK constraint failed: development_week_achieved_of_planned"))),
    path("api/closed", enter),
    path("closed", enter),
    path("never", enter_never),
    path("named/<str:name>", look_up),
    path("undeclared", undeclared),
    *product.urlpatterns,
]
handler400 = product.handler400
handler404 = product.handler404
handler500 = product.handler500
