"""Routes of calendars; the standards' own pages are composed above, since they show what tickets made of them."""

from django.urls import path

from wellserved.apps.standards import views

app_name = "standards"
urlpatterns = [
    path("standards/calendars/new", views.calendar_edit, name="calendar_new"),
    path("standards/calendars/<int:calendar_id>", views.calendar, name="calendar"),
    path("standards/calendars/<int:calendar_id>/edit", views.calendar_edit, name="calendar_edit"),
]
