"""Every route of the product."""

from django.urls import URLPattern, URLResolver, include, path

from wellserved.platform.http.probe import healthz
from wellserved.web import mailbox

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include("wellserved.api.urls")),
    path("", include("wellserved.web.urls")),
    path("", include("wellserved.apps.desk.urls")),
    path("", include("wellserved.apps.standards.urls")),
    path("healthz", healthz, name="healthz"),
    path("mailbox", mailbox.mailbox, name="mailbox"),
    path("mailbox/<int:message_id>/resend", mailbox.resend, name="mailbox_resend"),
    path("mailbox/<int:message_id>/settle", mailbox.settle, name="mailbox_settle"),
    path("accounts/", include("allauth.urls")),
    path("", include("wellserved.apps.accounts.urls")),
    path("", include("wellserved.apps.people.urls")),
    path("", include("wellserved.apps.voice.urls")),
    path("", include("wellserved.apps.development.urls")),
    path("", include("wellserved.apps.ledger.urls")),
    path("", include("wellserved.integrations.csv.urls")),
    path("", include("wellserved.integrations.ical.urls")),
]

handler400 = "wellserved.platform.http.answers.bad_request"
handler404 = "wellserved.platform.http.answers.no_such_page"
handler500 = "wellserved.platform.http.answers.last_resort"
handler429 = "wellserved.apps.accounts.views.too_many"
