"""Full text over subjects, customers and messages: FTS5 on SQLite, tsvector on PostgreSQL, kept by the actions.

One row for a ticket's head (subject, customer) and one for each message. All words asked for must stand in one row.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from wellserved.apps.desk.models import Message, Ticket

# A common word stands in too many rows to be worth reading them all: the newest are looked at.
MOST_ROWS = 5000
MOST_WORDS = 8
_WORD = re.compile(r"[^\W_]+")
# PostgreSQL refuses a lexeme of more than 2046 bytes and a row of more than a megabyte of them.
_LONGEST_WORD = 80
_LONGEST_TEXT = 200_000
_PAGES_MERGED = 64


def matching(rows: QuerySet[Ticket], asked: str) -> QuerySet[Ticket]:
    """Keep the tickets with this number, or with every word in the head or in one message."""
    number = asked.strip().removeprefix("#")
    if number.isascii() and number.isdigit() and len(number) <= 18:
        return rows.filter(Q(number=int(number)) | Q(external_id=number))
    words = _WORD.findall(asked.lower())[:MOST_WORDS]
    if not words:
        return rows.none()
    return rows.filter(pk__in=RawSQL(*_question(words)))  # noqa: S611 (the words are parameters)


def _question(words: Sequence[str]) -> tuple[str, tuple[str, int]]:
    if connection.vendor == "sqlite":
        asked = " ".join(f'"{word}"*' for word in words)
        return (
            "SELECT ticket_id FROM desk_search WHERE desk_search MATCH %s ORDER BY rowid DESC LIMIT %s",
            (asked, MOST_ROWS),
        )
    asked = " & ".join(f"{lexeme}:*" for word in words for lexeme in lexemes(word))
    return (
        "SELECT ticket_id FROM desk_search WHERE words @@ %s::tsquery ORDER BY id DESC LIMIT %s",
        (asked, MOST_ROWS),
    )


def lexemes(text: str) -> list[str]:
    """Return the words of a text as both databases tell them apart: without case, accents and punctuation.

    PostgreSQL's own parser would keep `ann@example.org` and `3.5` whole, and accents on.

    >>> lexemes("Zoë wrote to ann@example.org")
    ['ann', 'example', 'org', 'to', 'wrote', 'zoe']
    """
    letters = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return sorted({word[:_LONGEST_WORD] for word in _WORD.findall(plain[:_LONGEST_TEXT])})


def index_ticket(ticket: Ticket) -> None:
    """Write a ticket's head anew; its customer is loaded."""
    with connection.cursor() as cursor:
        cursor.execute(_deletion(), [ticket.pk * 2])
    write_rows([_head(ticket)])


def index_message(message: Message) -> None:
    """Write a message."""
    write_rows([message_row(message)])


def index_all(*, tickets: Iterable[Ticket], messages: Iterable[Message]) -> None:
    """Write the heads and messages of tickets just written in bulk."""
    write_rows([*(_head(ticket) for ticket in tickets), *(message_row(message) for message in messages)])


def forget_message(message: Message) -> None:
    """Remove the words of a message, before the message itself is removed."""
    with connection.cursor() as cursor:
        cursor.execute(_deletion(), [message.pk * 2 + 1])


def forget(ticket_ids: Sequence[int]) -> None:
    """Remove every word of these tickets, before the tickets themselves are removed."""
    heads = [ticket_id * 2 for ticket_id in ticket_ids]
    messages = Message.objects.filter(ticket__in=ticket_ids).values_list("pk", flat=True)
    keys = heads + [pk * 2 + 1 for pk in messages]
    with connection.cursor() as cursor:
        cursor.executemany(_deletion(), [(key,) for key in keys])


def compact(*, first: bool) -> bool:
    """Do a little of what makes removed words vanish from the index itself, and return whether there is more to do.

    FTS5 only marks a removed word; it goes when the segments that hold it are merged. PostgreSQL's vacuum sees to it.
    """
    if connection.vendor != "sqlite":
        return False
    connection.ensure_connection()
    before = connection.connection.total_changes
    with connection.cursor() as cursor:
        # A negative number of pages begins a merge of every segment, a positive one goes on with it.
        pages = -_PAGES_MERGED if first else _PAGES_MERGED
        cursor.execute("INSERT INTO desk_search (desk_search, rank) VALUES ('merge', %s)", [pages])
    return bool(connection.connection.total_changes - before >= 2)


def _deletion() -> str:
    if connection.vendor == "sqlite":
        return "DELETE FROM desk_search WHERE rowid = %s"
    return "DELETE FROM desk_search WHERE id = %s"


def head_row(*, ticket_id: int, subject: str, name: str, email: str) -> tuple[int, int, str]:
    """Return the row of a ticket's head."""
    return ticket_id * 2, ticket_id, f"{subject}\n{name}\n{email}"


def _head(ticket: Ticket) -> tuple[int, int, str]:
    customer = ticket.customer
    return head_row(ticket_id=ticket.pk, subject=ticket.subject, name=customer.name, email=customer.email)


def message_row(message: Message) -> tuple[int, int, str]:
    """Return the row of a message."""
    return message.pk * 2 + 1, message.ticket_id, message.body


def write_rows(rows: Sequence[tuple[int, int, str]]) -> None:
    """Write rows of (key, ticket, words) made by `head_row` and `message_row`."""
    if connection.vendor == "sqlite":
        kept: Callable[[str], Any] = str
        statement = "INSERT INTO desk_search (rowid, ticket_id, words) VALUES (%s, %s, %s)"
    else:
        kept = lexemes
        statement = "INSERT INTO desk_search (id, ticket_id, words) VALUES (%s, %s, array_to_tsvector(%s::text[]))"
    with connection.cursor() as cursor:
        prepared: list[tuple[Any, ...]] = [(key, ticket_id, kept(words)) for key, ticket_id, words in rows]
        cursor.executemany(statement, prepared)
