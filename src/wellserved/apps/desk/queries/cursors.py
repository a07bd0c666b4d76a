"""Where a page of the desk ends: signed, so that nobody walks a list from a place of her own making."""

import datetime as dt

from django.core import signing

from wellserved.platform.errors import Invalid


def write(value: dt.datetime | str, pk: int, *, kind: str) -> str:
    """Return the cursor after the row with this value and id."""
    written = value.isoformat() if isinstance(value, dt.datetime) else value
    return signing.dumps([written, pk], salt=f"desk.cursor.{kind}")


def read(cursor: str, *, kind: str) -> tuple[dt.datetime, int]:
    """Return the value and id a cursor stands after, for lists ordered by time."""
    value, pk = read_text(cursor, kind=kind)
    return dt.datetime.fromisoformat(value), pk


def read_text(cursor: str, *, kind: str) -> tuple[str, int]:
    """Return the value and id a cursor stands after, for lists ordered by a word."""
    try:
        value, pk = signing.loads(cursor, salt=f"desk.cursor.{kind}")
    except signing.BadSignature as bad:
        raise Invalid("This page marker is not one of ours; start again from the first page.", code="cursor") from bad
    return value, pk
