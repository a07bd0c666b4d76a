"""Pages of the standards; one module for each family of records."""

from wellserved.apps.standards.views.clocks import (
    HOLIDAY_YEARS,
    OFFICE_HOURS,
    PREVIEW_DAYS,
    calendar,
    calendar_edit,
    preview,
)

__all__ = ["HOLIDAY_YEARS", "OFFICE_HOURS", "PREVIEW_DAYS", "calendar", "calendar_edit", "preview"]
