"""The rule packs that came with the product, and those dropped into the installation's folder `packs`."""

import functools
import json
import pathlib
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from wellserved.platform.errors import Invalid, NotFound
from wellserved.science.calendars import PackError, RulePack, build_pack, read_pack

_OURS = pathlib.Path(__file__).parent / "packs"
_SUFFIXES = {".toml", ".json"}
_LARGEST = 1_000_000
_MOST = 200


def read_text(text: str) -> tuple[RulePack, dict[str, Any]]:
    """Return the pack of a text, or refuse it saying what would work."""
    try:
        return read_pack(text)
    except PackError as fault:
        raise Invalid(str(fault), code="rule_pack") from fault


def rules_of(content: dict[str, Any]) -> RulePack:
    """Return the rules of a version that was checked when it was written; the same content is read once."""
    return _built(json.dumps(content, sort_keys=True))


@functools.lru_cache(maxsize=_MOST)
def _built(text: str) -> RulePack:
    return build_pack(json.loads(text))


def offered() -> Iterator[tuple[str, RulePack | None, str]]:
    """Yield each file on offer: its name, its pack, or why it cannot be read."""
    for path in _files():
        try:
            yield path.name, _read(path)[0], ""
        except Invalid as fault:
            yield path.name, None, fault.sentence


def load(file: str) -> str:
    """Return the text of a file on offer."""
    for path in _files():
        if path.name == file:
            return _text(path)
    raise NotFound("There is no such rule pack on offer.")


def named(key: str) -> Iterator[str]:
    """Yield the texts of every version that came with the product of the pack of this key."""
    for path in _files():
        if path.parent == _OURS and _read(path)[0].key == key:
            yield _text(path)


def _files() -> list[pathlib.Path]:
    dropped = settings.VAR / "packs"
    found = [*_OURS.iterdir(), *(dropped.iterdir() if dropped.is_dir() else ())]
    return sorted((path for path in found if path.suffix in _SUFFIXES), key=lambda path: path.name)[:_MOST]


def _text(path: pathlib.Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise Invalid(f"{path.name} is larger than a rule pack can be.", code="rule_pack")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise Invalid(f"{path.name} cannot be read as UTF-8 text.", code="rule_pack") from fault


def _read(path: pathlib.Path) -> tuple[RulePack, dict[str, Any]]:
    return _parsed(_text(path))


@functools.lru_cache(maxsize=_MOST)
def _parsed(text: str) -> tuple[RulePack, dict[str, Any]]:
    return read_text(text)
