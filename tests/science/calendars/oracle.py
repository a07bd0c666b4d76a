"""A second, slow answer to the same questions, sharing no code with the calendars.

It writes down for every minute whether it is working time: it asks zoneinfo what the wall clock shows and looks that
up in a plan of the local date, marked minute by minute from the definition as it was given. It is right for
definitions and instants on whole minutes, which is what the random cases use.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)


class MinuteWalker:
    """Knows every minute of [start, start + minutes).

    With `step` 15 the wall clock is read each quarter of an hour of UTC only, which is right for a zone that changes
    its offset on those alone; with 1 it is read each minute.
    """

    def __init__(self, definition, start, minutes, *, step=1):
        self.zone = ZoneInfo(definition["tz"])
        self.definition = definition
        self.start = start
        self.plans = {}
        self.minutes = self.read_clock(minutes, step)

    def read_clock(self, minutes, step):
        at = self.start
        end = at + timedelta(minutes=minutes)
        read = bytearray()
        while at < end:
            upto = min(end, at + MINUTE * (step - at.minute % step))
            count = (upto - at) // MINUTE
            wall = at.astimezone(self.zone)
            shown = wall.hour * 60 + wall.minute
            today = self.plan(wall.date())[shown : shown + count]
            read += today
            if len(today) < count:
                read += self.plan(wall.date() + timedelta(days=1))[: count - len(today)]
            at = upto
        return read

    def plan(self, day):
        """1 for each minute of a local date that is working time."""
        if day not in self.plans:
            marked = bytearray(2880)
            before = day - timedelta(days=1)
            for date, shift in ((before, 0), (day, 1440)):
                mark(marked, self.definition["hours"].get(str(date.weekday()), []), shift, 1)
            for date, shift in ((before, 0), (day, 1440)):
                mark(marked, self.windows("holidays", date), shift, 0)
            for date, shift in ((before, 0), (day, 1440)):
                mark(marked, self.windows("openings", date), shift, 1)
            self.plans[day] = marked[1440:]
        return self.plans[day]

    def windows(self, key, day):
        names = {day.isoformat(), day.strftime("%m-%d")}
        entries = [{"date": entry} if isinstance(entry, str) else entry for entry in self.definition[key]]
        return [(entry.get("from", "00:00"), entry.get("to", "24:00")) for entry in entries if entry["date"] in names]

    def counted(self, pauses):
        """The minutes that count once pauses are taken out."""
        kept = list(self.minutes)
        for begin, end in pauses:
            first = max(0, (begin - self.start) // MINUTE)
            last = max(first, min(len(kept), (end - self.start) // MINUTE))
            kept[first:last] = [0] * (last - first)
        return kept

    def elapsed(self, end, pauses=()):
        return 60 * sum(self.counted(pauses)[: max(0, (end - self.start) // MINUTE)])

    def deadline(self, seconds, pauses=()):
        """The end of the minute that uses the target up, None when no minute known does."""
        left = seconds // 60
        if left == 0:
            return self.start
        for number, flag in enumerate(self.counted(pauses), start=1):
            left -= flag
            if left == 0:
                return self.start + number * MINUTE
        return None


def mark(minutes, windows, shift, value):
    for opening, closing in windows:
        start, end = (int(text[:2]) * 60 + int(text[3:5]) for text in (opening, closing))
        end = end if end > start else end + 1440
        start, end = start + shift, min(end + shift, len(minutes))
        minutes[start:end] = bytes([value]) * (end - start)


def at_utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
