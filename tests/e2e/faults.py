"""Every route of the product, and one for each error it can say, told the way the product tells it."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from wellserved.config.urls import handler400, handler404, handler429, handler500
from wellserved.config.urls import urlpatterns as product
from wellserved.platform import errors
from wellserved.platform.http.access import public

__all__ = ["handler400", "handler404", "handler429", "handler500", "urlpatterns"]

LONG = "https://shop.example.test/orders/48213/returns/" + "0123456789" * 12
FAULTS: dict[str, Exception] = {
    "crash": ZeroDivisionError("a fault nobody foresaw"),
    "invalid": errors.Invalid(f"This address cannot be read: {LONG}"),
    "unauthenticated": errors.Unauthenticated("Sign in first."),
    "refused": errors.Refused("Only a manager changes a standard. Ask yours, or propose the change to her."),
    "not-found": errors.NotFound("There is no such issue, or it is not yours to see."),
    "conflict": errors.Conflict(
        "Ben Okafor changed this issue while you were writing.",
        difference={"priority": ("high", "low", "medium"), "subject": (LONG, "Parcel lost", "Parcel late")},
        kept={"body": f"All that was written so far. {LONG}", "subject": "Parcel lost"},
    ),
    "too-many": errors.TooMany("That was tried too often. Wait five minutes.", retry_after=300),
    "upstream": errors.Upstream("The mail server does not answer. The message waits and is sent later."),
}


@public
def fault(_request: HttpRequest, name: str) -> HttpResponse:
    """Fail as asked."""
    raise FAULTS[name]


urlpatterns = [path("faults/<slug:name>", fault), *product]
