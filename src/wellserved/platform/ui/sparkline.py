"""A control chart small enough for a table cell: band, mean, target, and shapes for what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from wellserved.platform.ui.formatting import NO_DATA

WIDTH, HEIGHT, PAD = 168, 38, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    low: float
    high: float
    count: int

    def x(self, position: int) -> float:
        step = (WIDTH - 2 * PAD) / max(self.count - 1, 1)
        return round(PAD + position * step, 1)

    def y(self, value: float) -> float:
        spread = (self.high - self.low) or 1.0
        return round(HEIGHT - PAD - (value - self.low) / spread * (HEIGHT - 2 * PAD), 1)


def _draw_line(values: Sequence[float | None], *, scale: Scale) -> str:
    """Break the line where nothing was measured: a gap is not a zero."""
    path, pen_down = [], False
    for position, value in enumerate(values):
        if value is not None:
            path.append(f"{'L' if pen_down else 'M'}{scale.x(position)} {scale.y(value)}")
        pen_down = value is not None
    return "".join(path)


def _draw_point(*, x: float, y: float, state: str) -> str:
    if state == "improve":
        return f'<rect class="spc-improve" x="{x - 2.6:.1f}" y="{y - 2.6:.1f}" width="5.2" height="5.2"/>'
    if state == "concern":
        return f'<path class="spc-concern" d="M{x} {y - 3.6:.1f}l3.6 3.6-3.6 3.6-3.6-3.6z"/>'
    return f'<circle class="spc-common" cx="{x}" cy="{y}" r="2.1"/>'


def _draw_rule(value: float | None, *, scale: Scale, name: str) -> str:
    return "" if value is None else f'<path class="{name}" d="M0 {scale.y(value)}H{WIDTH}"/>'


def draw_sparkline(
    values: Sequence[float | None],
    *,
    mean: float | None = None,
    lower: float | None = None,
    upper: float | None = None,
    target: float | None = None,
    states: Sequence[str] = (),
) -> Markup:
    """Draw `values` oldest first; `states` names each point 'improve', 'concern' or 'common'."""
    known = [value for value in [*values, mean, lower, upper, target] if value is not None]
    if not known:
        return Markup('<span class="quiet">{}</span>').format(NO_DATA)
    scale = Scale(low=min(known), high=max(known), count=len(values))
    parts = []
    if lower is not None and upper is not None:
        top, bottom = scale.y(upper), scale.y(lower)
        parts.append(f'<rect class="spark-band" x="0" y="{top}" width="{WIDTH}" height="{bottom - top:.1f}"/>')
    parts += [
        _draw_rule(mean, scale=scale, name="spark-mean"),
        _draw_rule(target, scale=scale, name="spark-target"),
    ]
    parts.append(f'<path class="spark-line" d="{_draw_line(values, scale=scale)}"/>')
    last = len(values) - 1
    for position, value in enumerate(values):
        state = states[position] if position < len(states) else "common"
        if value is not None and (state != "common" or position == last):
            parts.append(_draw_point(x=scale.x(position), y=scale.y(value), state=state))
    drawing = "".join(parts)
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    # Only numbers and class names of ours are inside.
    return Markup(f'<svg class="spark" {size} aria-hidden="true">{drawing}</svg>')  # noqa: S704
