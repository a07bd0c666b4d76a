"""The words tickets are found by: an FTS5 table on SQLite, a tsvector column on PostgreSQL."""

from typing import Any

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE desk_search USING fts5(ticket_id UNINDEXED, words, tokenize='unicode61 remove_diacritics 2')"
)
POSTGRES = (
    "CREATE TABLE desk_search (id bigint PRIMARY KEY, ticket_id bigint NOT NULL, words tsvector NOT NULL)",
    "CREATE INDEX desk_search_by_words ON desk_search USING gin (words)",
)


def lay_table(apps: Any, editor: Any) -> None:
    """Make the table of the database at hand."""
    for statement in (SQLITE,) if editor.connection.vendor == "sqlite" else POSTGRES:
        editor.execute(statement)


def drop_table(apps: Any, editor: Any) -> None:
    """Undo it."""
    editor.execute("DROP TABLE desk_search")


class Migration(migrations.Migration):
    """Lay the table of words beside the tickets."""

    dependencies = [("desk", "0001_initial")]
    operations = [migrations.RunPython(lay_table, drop_table)]
