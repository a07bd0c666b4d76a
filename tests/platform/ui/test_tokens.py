import re
from pathlib import Path

import pytest

from wellserved.platform import ui

TOKENS = (Path(ui.__file__).parent / "static/ui/tokens.css").read_text(encoding="utf-8")
PAIRS = {
    name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", TOKENS)
}
TEXT_PAIRS = [
    *[(ink, paper) for ink in ("text", "text-2", "text-3") for paper in ("canvas", "surface", "sunken", "hover")],
    *[("link", paper) for paper in ("canvas", "surface", "sunken", "hover")],
    ("on-primary", "primary"),
    ("on-primary", "primary-hover"),
    ("primary", "surface"),
    ("primary", "primary-soft"),
    ("text", "primary-soft"),
    ("text-2", "primary-soft"),
    ("text", "note-soft"),
    ("text-2", "note-soft"),
    *[(tone, f"{tone}-soft") for tone in ("ok", "warn", "bad", "note", "info")],
    *[(tone, "surface") for tone in ("ok", "warn", "bad", "info")],
    ("surface", "text"),
]
SHAPE_PAIRS = [
    *[(shape, "surface") for shape in ("border-strong", "spc-improve", "spc-concern", "spc-common")],
    *[(shape, "surface") for shape in ("spc-neutral", "spc-limit", "spc-target", "cat-1", "cat-2", "cat-3", "cat-4")],
    ("focus", "surface"),
    ("focus", "canvas"),
    ("border-strong", "canvas"),
]


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4) for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_ratio_is_the_one_of_wcag():
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21.0)
    assert contrast("#12598F", "#FFFFFF") == pytest.approx(7.37, abs=0.005)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), TEXT_PAIRS)
def test_words_stand_out_four_and_a_half_times(ink, paper, theme):
    assert contrast(PAIRS[ink][theme], PAIRS[paper][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "paper"), SHAPE_PAIRS)
def test_shapes_stand_out_three_times(shape, paper, theme):
    assert contrast(PAIRS[shape][theme], PAIRS[paper][theme]) >= 3.0
