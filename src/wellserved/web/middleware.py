"""Every page reads in its reader's time zone."""

import zoneinfo
from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest
from django.utils import timezone


class ReadersZone:
    """Middleware: activate the signed-in person's zone before her view runs; stands after the access check."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Switch to the reader's zone; an unknown reader or zone reads in the service's."""
        zone = getattr(getattr(request, "actor", None), "time_zone", "")
        try:
            timezone.activate(zoneinfo.ZoneInfo(zone))
        except (ValueError, zoneinfo.ZoneInfoNotFoundError):
            timezone.deactivate()
