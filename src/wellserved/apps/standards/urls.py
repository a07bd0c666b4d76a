"""Routes of calendars; the standards' own pages are composed above, since they show what tickets made of them."""

from django.urls import path

from wellserved.apps.standards import views
from wellserved.apps.standards.views import law

app_name = "standards"
urlpatterns = [
    path("standards/calendars/new", views.calendar_edit, name="calendar_new"),
    path("standards/calendars/<int:calendar_id>", views.calendar, name="calendar"),
    path("standards/calendars/<int:calendar_id>/edit", views.calendar_edit, name="calendar_edit"),
    path("law", law.register, name="law"),
    path("law/new", law.edit, name="obligation_new"),
    path("law/packs", law.packs, name="packs"),
    path("law/packs/<int:pack_id>", law.pack, name="pack"),
    path("law/<int:obligation_id>", law.obligation, name="obligation"),
    path("law/<int:obligation_id>/edit", law.edit, name="obligation_edit"),
    path("law/<int:obligation_id>/attest", law.attest, name="obligation_attest"),
    path("law/<int:obligation_id>/review", law.review, name="obligation_review"),
]
