"""Calendars whose closed days are read from an address once a day."""

from django.db import models


class Feed(models.Model):
    """An address kept for a calendar, and how its last reading went; `error` is empty while it goes well."""

    calendar = models.OneToOneField("standards.Calendar", on_delete=models.CASCADE, related_name="+")
    url = models.CharField(max_length=2000)
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    well_at = models.DateTimeField(null=True, blank=True)
    days = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.url
