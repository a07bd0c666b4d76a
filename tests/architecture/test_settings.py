"""Settings that must never be loosened."""

import ast
import pathlib

from django.conf import settings

SOURCE = pathlib.Path(__file__).parents[2] / "src/wellserved"


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        str(file.relative_to(SOURCE))
        for file in sorted(SOURCE.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    }
    assert readers <= {
        "config/asgi.py",
        "config/cli.py",
        "config/env.py",
        "config/settings_test.py",
        "config/wsgi.py",
        "platform/backup/writing.py",
        "platform/serving.py",
    }


def test_a_person_stays_signed_in_by_cookies_no_script_can_read() -> None:
    assert (settings.SESSION_COOKIE_HTTPONLY, settings.SESSION_COOKIE_SAMESITE) == (True, "Lax")
    assert settings.SECURE_REFERRER_POLICY == "same-origin"


def test_debug_is_off_unless_asked_for() -> None:
    assert settings.DEBUG is False
