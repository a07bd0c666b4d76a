"""What can go wrong when working time is asked for."""


class CalendarError(ValueError):
    """A calendar, a date or an instant cannot be used; the sentence says what would work."""


class NeverDue(CalendarError):
    """No due time exists, since an open pause begins before the target is used up."""


class Unreachable(CalendarError):
    """No due time or opening exists within the years a search may look at."""


class ReplayError(CalendarError):
    """The events, policies or calendars of a replay do not fit together."""
