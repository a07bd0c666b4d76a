"""A second, slow answer to the same questions, sharing no code with the calendars.

It walks minute by minute, asks zoneinfo what the wall clock shows and looks that up in the definition as it was
written down. It is right for definitions and instants on whole minutes, which is what the random cases use.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)


class MinuteWalker:
    def __init__(self, definition, pauses=()):
        self.zone = ZoneInfo(definition["tz"])
        self.hours = {day: [_minutes(*pair) for pair in pairs] for day, pairs in definition["hours"].items()}
        self.holidays = definition.get("holidays", [])
        self.openings = definition.get("openings", [])
        self.pauses = pauses
        self.plans = {}

    def counts(self, at):
        """Whether the minute that begins at this UTC instant is working time outside every pause."""
        if any(start <= at and (end is None or at < end) for start, end in self.pauses):
            return False
        wall = at.astimezone(self.zone)
        return self.plan(wall.date())[wall.hour * 60 + wall.minute]

    def plan(self, day):
        if day not in self.plans:
            self.plans[day] = [self.decide(day, minute) for minute in range(1440)]
        return self.plans[day]

    def decide(self, day, minute):
        before = day - timedelta(days=1)
        if self.in_openings(day, minute) or self.in_openings(before, minute + 1440):
            return True
        if self.in_holidays(day, minute) or self.in_holidays(before, minute + 1440):
            return False
        return self.in_week(day, minute) or self.in_week(before, minute + 1440)

    def in_week(self, day, minute):
        return any(start <= minute < end for start, end in self.hours.get(str(day.weekday()), []))

    def in_openings(self, day, minute):
        return any(opening["date"] == day.isoformat() and _within(opening, minute) for opening in self.openings)

    def in_holidays(self, day, minute):
        names = {day.isoformat(), day.strftime("%m-%d")}
        for holiday in self.holidays:
            entry = holiday if isinstance(holiday, dict) else {"date": holiday}
            if entry["date"] in names and _within({"from": "00:00", "to": "24:00"} | entry, minute):
                return True
        return False

    def elapsed(self, start, end):
        count, at = 0, start
        while at < end:
            count += self.counts(at)
            at += MINUTE
        return count * 60

    def deadline(self, start, seconds, limit):
        """The end of the minute that uses the target up, or None when it is beyond `limit`."""
        left, at = seconds // 60, start
        while left > 0:
            if at >= limit:
                return None
            left -= self.counts(at)
            at += MINUTE
        return at


def _minutes(opening, closing):
    start, end = (int(text[:2]) * 60 + int(text[3:5]) for text in (opening, closing))
    return start, end if end > start else end + 1440


def _within(entry, minute):
    start, end = _minutes(entry["from"], entry["to"])
    return start <= minute < end


def at_utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
