"""The Jinja2 environment every page is drawn with; named in the TEMPLATES setting."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, StrictUndefined

from wellserved.platform.ui import formatting
from wellserved.platform.ui.icons import draw_icon, list_icons
from wellserved.platform.ui.markdown import render_markdown
from wellserved.platform.ui.sparkline import draw_sparkline
from wellserved.platform.ui.widgets import render_widget


def url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def to_user_zone(moment: datetime | None) -> datetime | None:
    """The moment in the zone of the person reading (the active one); times without a zone are refused."""
    return None if moment is None else localtime(moment)


def to_user_day(day: date | None) -> date | None:
    """A date as it is; the day of a moment in the zone of the person reading."""
    return to_user_zone(day) if isinstance(day, datetime) else day


def format_user_day(day: date | None) -> str:
    return formatting.format_day(to_user_day(day))


def format_user_weekday(day: date | None) -> str:
    return formatting.format_weekday(to_user_day(day))


def format_user_long_day(day: date | None) -> str:
    return formatting.format_long_day(to_user_day(day))


def format_user_span(first: date | None, last: date | None) -> str:
    return formatting.format_span(to_user_day(first), to_user_day(last))


def format_user_time(moment: datetime | None, *, seconds: bool = False) -> str:
    return formatting.format_time(to_user_zone(moment), seconds=seconds)


def format_user_moment(moment: datetime | None, *, weekday: bool = False) -> str:
    return formatting.format_moment(to_user_zone(moment), weekday=weekday)


def format_user_long_moment(moment: datetime | None) -> str:
    return formatting.format_long_moment(to_user_zone(moment))


FILTERS = {
    "number": formatting.format_number,
    "percent": formatting.format_percent,
    "rate": formatting.format_rate,
    "pts": formatting.format_points,
    "interval": formatting.format_interval,
    "duration": formatting.format_duration,
    "money": formatting.format_money,
    "relative": formatting.format_relative,
    "initials": formatting.name_initials,
    "local": to_user_zone,
    "day": format_user_day,
    "weekday": format_user_weekday,
    "long_day": format_user_long_day,
    "month": formatting.format_month,
    "span": format_user_span,
    "time": format_user_time,
    "time_there": formatting.format_time,
    "datetime": format_user_moment,
    "datetime_there": formatting.format_moment,
    "long_datetime": format_user_long_moment,
    "markdown": render_markdown,
}

GLOBALS = {
    "url": url,
    "static": static,
    "draw_icon": draw_icon,
    "list_icons": list_icons,
    "draw_sparkline": draw_sparkline,
    "render_widget": render_widget,
    "rate": formatting.format_rate,
    "app_name": "Wellserved",
}


def environment(**options: Any) -> Environment:
    """Build the environment for Django's Jinja2 backend; a missing name raises, it never prints empty."""
    # The backend passes its own lenient choice, so this is set and not defaulted.
    options["undefined"] = StrictUndefined
    options.setdefault("autoescape", True)
    env = Environment(  # noqa: S701 - autoescape is on, by the default above and by Django's backend
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"], trim_blocks=True, lstrip_blocks=True, **options
    )
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.filters.update(FILTERS)
    env.globals.update(GLOBALS)
    return env
