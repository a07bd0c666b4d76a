"""Keyboard presets: which keys a person's pages answer to before she changes any herself.

Pages name each shortcut by its standard key; a preset says which key stands for it instead. Every preset but "keys"
answers to no single letter, so that speech input and stray presses do nothing (WCAG 2.1.4).
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from wellserved.platform.errors import Invalid

PRESETS: dict[str, str] = {
    "keys": "Single keys: r to reply, e to resolve",
    "chords": "Ctrl and Alt together, as many desks have it: Ctrl Alt C to reply",
    "off": "No keys",
}
STANDARD = "keys"
MOST_KEYS = 80

MAPS: dict[str, dict[str, str]] = {
    "keys": {},
    "off": {},
    "chords": {
        "r": "Control+Alt+c",
        "n": "Control+Alt+x",
        "Control+Shift+Enter": "Control+Alt+s",
        "e": "Control+Alt+e",
        "c": "Control+Alt+n",
        "i": "Control+Alt+g",
        "a": "Control+Alt+a",
        "l": "Control+Alt+l",
        "f": "Control+Alt+f",
        "/": "Control+Alt+/",
        "u": "Control+Alt+h",
    },
}
_CHORD = re.compile(r"(?:Control\+)?(?:Alt\+)?(?:Shift\+)?(?:\S|[A-Z][A-Za-z]{1,11})(?: \S)?")


def preset_of(preferences: Mapping[str, Any]) -> str:
    """Return the preset a person has chosen; before there were presets a switch was kept.

    >>> preset_of({}), preset_of({"shortcuts": False}), preset_of({"shortcuts": "chords"})
    ('keys', 'off', 'chords')
    """
    chosen = preferences.get("shortcuts", STANDARD)
    if chosen in (True, False):
        return STANDARD if chosen else "off"
    return chosen if chosen in PRESETS else STANDARD


def read_keys(text: str) -> dict[str, str]:
    """Return a person's own keys from JSON, standard key to hers.

    >>> read_keys('{"e": "y"}')
    {'e': 'y'}
    """
    try:
        given = json.loads(text or "{}")
    except (ValueError, RecursionError) as wrong:
        raise Invalid("The keys cannot be read: send an object of standard key and own key.", code="keys") from wrong
    if not isinstance(given, dict) or len(given) > MOST_KEYS:
        raise Invalid(f"Send an object of at most {MOST_KEYS} keys.", code="keys")
    for chord in (*given, *given.values()):
        if not isinstance(chord, str) or not _CHORD.fullmatch(chord):
            raise Invalid(f"“{str(chord)[:20]}” is no key. Use one such as e, g t or Control+Enter.", code="keys")
    return given
