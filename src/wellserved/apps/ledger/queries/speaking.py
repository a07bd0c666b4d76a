"""Values of history in words: keys as the field's terms, ids as names, instants in the reader's zone."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils import timezone

from wellserved.apps.ledger import wording
from wellserved.platform.ui import formatting

EMPTY: tuple[Any, ...] = (None, "", [], {})
_KEY = re.compile(r"[a-z]+(?:_[a-z]+)+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)")

# The app of the act, the field, and what it holds.
Told = tuple[str, str, Any]


class Speaker:
    """Words the values of one page: each sort of name is looked up once, however many values there are."""

    def __init__(self, told: Iterable[Told]) -> None:
        wanted: dict[wording.Find, set[int]] = {}
        for app, field, content in told:
            for find, pk in _ids(app, field, content):
                wanted.setdefault(find, set()).add(pk)
        self._names: dict[wording.Find, Mapping[int, str]] = {find: find(ids) for find, ids in wanted.items()}

    def say(self, app: str, field: str, content: Any, *, is_part: bool = False) -> str:
        """Return a value as a person reads it: nested records as their filled fields, one after the other.

        Within a record a key that nobody has worded is spelled out; a text by itself is left as somebody wrote it.
        """
        if (say := wording.say_of(field, app=app)) is not None and not isinstance(content, list):
            return say(content)
        if isinstance(content, list):
            mark = "; " if any(isinstance(part, dict) for part in content) else ", "
            return mark.join(self.say(app, field, part, is_part=is_part) for part in content)
        if isinstance(content, dict):
            filled = {key: part for key, part in content.items() if part not in EMPTY}
            keys = sorted(filled, key=lambda key: wording.rank_of(key, app=app))
            return ", ".join(self._part(app, key, filled[key]) for key in keys)
        return self._single(app, field, content, is_part=is_part)

    def _part(self, app: str, key: str, part: Any) -> str:
        label = wording.label_of(key, app=app)
        return f"{label[:1].lower()}{label[1:]} {self.say(app, key, part, is_part=True)}".strip()

    def _single(self, app: str, field: str, content: Any, *, is_part: bool) -> str:
        if isinstance(content, bool):
            return "yes" if content else "no"
        if isinstance(content, int) and (find := wording.finder_of(field, app=app)) is not None:
            return self._names[find].get(content) or "one since removed"
        text = str(content)
        if _INSTANT.fullmatch(text):
            return formatting.format_moment(dt.datetime.fromisoformat(text).astimezone(timezone.get_current_timezone()))
        if _DAY.fullmatch(text):
            return formatting.format_day(dt.date.fromisoformat(text))
        return wording.spelled(text) if is_part and _KEY.fullmatch(text) else text


def _ids(app: str, field: str, content: Any) -> Iterator[tuple[wording.Find, int]]:
    if isinstance(content, dict):
        for key, part in content.items():
            yield from _ids(app, key, part)
    elif isinstance(content, list):
        for part in content:
            yield from _ids(app, field, part)
    elif isinstance(content, int) and not isinstance(content, bool):
        find = wording.finder_of(field, app=app)
        if find is not None:
            yield find, content
