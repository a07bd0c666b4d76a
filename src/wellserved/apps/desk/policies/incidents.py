"""What a list of affected customers may hold, and what a notice may say."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.types.incidents import Named
from wellserved.platform.errors import Invalid, Refused
from wellserved.science.formats import FormatError
from wellserved.science.formats.tables import read_table

MOST_AFFECTED = 2_000
LONGEST_NOTICE = 5_000
_REFERENCES = ("order", "reference", "ref", "booking", "account", "number", "id")
_NAMES = ("name", "customer", "customer name", "full name")


def require_run(actor: Actor) -> None:
    """Let team leaders and managers tell many customers at once."""
    if not actor.can(accounts_policies.RUN_CRISIS):
        raise Refused(
            "A team leader or manager tells many customers at once; tell one of them now.", code="may_not_run_crisis"
        )


def read_list(data: bytes, *, filename: str = "") -> tuple[Named, ...]:
    """Return the customers of a table: a column of addresses, and where there are such, of names and references.

    Raises:
        Invalid: The bytes hold no table, no column holds addresses, or there are too many rows.
    """
    try:
        table = read_table(data, filename=filename)
        rows = list(table.rows)
    except FormatError as error:
        raise Invalid(str(error), code="incident_list", field="list") from error
    headers = [header.strip().lower() for header in table.columns]
    at = _column_of_addresses(rows, len(headers))
    if at is None:
        raise Invalid(
            "No column holds email addresses; add one, with a heading such as email.",
            code="incident_list",
            field="list",
        )
    name = _named(headers, _NAMES, taken=at)
    reference = _named(headers, _REFERENCES, taken=at)
    return read_people(
        Named(email=_cell(row, at), name=_cell(row, name), reference=_cell(row, reference)) for row in rows
    )


def _column_of_addresses(rows: Sequence[tuple[str, ...]], width: int) -> int | None:
    counts = [sum("@" in _cell(row, at) for row in rows) for at in range(width)]
    best = max(range(width), key=lambda at: counts[at], default=None)
    return best if best is not None and counts[best] else None


def _named(headers: Sequence[str], wanted: Iterable[str], *, taken: int) -> int | None:
    words = set(wanted)
    for at, header in enumerate(headers):
        if at != taken and words & {header, *header.replace("_", " ").split()}:
            return at
    return None


def _cell(row: Sequence[str], at: int | None) -> str:
    return row[at].strip() if at is not None and at < len(row) else ""


def read_people(given: Iterable[Named]) -> tuple[Named, ...]:
    """Return each address once, in lower case; a row without a usable address is left out."""
    found: dict[str, Named] = {}
    for person in given:
        email = person.email.strip().lower()
        try:
            validate_email(email)
        except ValidationError:
            continue
        found.setdefault(email, Named(email=email, name=person.name[:200], reference=person.reference[:120]))
    if len(found) > MOST_AFFECTED:
        raise Invalid(
            f"An incident holds up to {MOST_AFFECTED:,} customers; split the list.", code="incident_many", field="list"
        )
    return tuple(found.values())


def read_notice(given: str) -> str:
    """Return the notice, or say that there is none."""
    words = given.strip()
    if not words or len(words) > LONGEST_NOTICE:
        raise Invalid(f"Write the notice in up to {LONGEST_NOTICE:,} letters.", code="incident_notice", field="notice")
    return words
