"""Every route of the product."""

from django.urls import URLPattern, URLResolver, include, path

from wellserved.platform.http.probe import healthz
from wellserved.web.mailbox import mailbox

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("mailbox", mailbox, name="mailbox"),
    path("accounts/", include("allauth.urls")),
    path("", include("wellserved.apps.accounts.urls")),
    path("", include("wellserved.apps.people.urls")),
    path("", include("wellserved.apps.ledger.urls")),
    path("", include("wellserved.integrations.csv.urls")),
]

handler429 = "wellserved.apps.accounts.views.too_many"
