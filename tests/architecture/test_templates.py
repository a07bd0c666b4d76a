"""Templates hold no style and no script of their own: the content policy would refuse both."""

import pathlib
import re

import pytest

SOURCE = pathlib.Path(__file__).parents[2] / "src/wellserved"
TEMPLATES = sorted(file for file in SOURCE.rglob("templates/**/*.html"))

FORBIDDEN = {
    "a style attribute": r"<[^>{]*\sstyle\s*=",
    "a style element": r"<style[\s>]",
    "a handler attribute": r"<[^>{]*\son[a-z]+\s*=\s*[\"']",
    "a script of its own": r"<script(?![^>]*\bsrc\s*=)(?![^>]*type=[\"']application/json[\"'])[^>]*>",
    "an address elsewhere": r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//",
    "a javascript address": r"(?:src|href|action)\s*=\s*[\"']\s*javascript:",
    "htmx evaluation": r"hx-(?:on[:-]|vals\s*=\s*[\"']\s*js:)",
}


@pytest.mark.parametrize("what", sorted(FORBIDDEN))
def test_no_template_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what], re.IGNORECASE)
    found = [
        f"{file.relative_to(SOURCE)}: {match.group(0)[:80]}"
        for file in TEMPLATES
        for match in pattern.finditer(re.sub(r"\{#.*?#\}", "", file.read_text(encoding="utf-8"), flags=re.DOTALL))
    ]
    assert found == []


def test_autoescape_is_never_turned_off() -> None:
    found = [
        str(file.relative_to(SOURCE)) for file in TEMPLATES if "autoescape false" in file.read_text(encoding="utf-8")
    ]
    assert found == []
