"""Routes of closed days by address."""

from django.urls import path

from wellserved.integrations.ical import views

app_name = "ical"

urlpatterns = [
    path("standards/calendars/<int:calendar_id>/address", views.feed, name="feed"),
    path("standards/calendars/<int:calendar_id>/address/stop", views.stop, name="stop"),
]
