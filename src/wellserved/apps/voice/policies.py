"""Who may do what with the customers' voice, and what a good question is."""

import re

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.types import Actor

READ, EDIT, WORK, READ_TICKETS = (
    accounts.READ_STANDARDS,
    accounts.EDIT_STANDARDS,
    accounts.WORK_TICKETS,
    accounts.READ_TICKETS,
)
_DOUBLE = re.compile(r"\b(and|or)\b", re.IGNORECASE)
_LEADING = re.compile(r"\b(excellent|great|wonderful|friendly|don't you|wouldn't you|agree that our)\b", re.IGNORECASE)
_ABSOLUTE = re.compile(r"\b(always|never|everything|nothing|all our)\b", re.IGNORECASE)


def require_edit(actor: Actor) -> None:
    """Refuse whoever does not shape what customers are asked."""
    accounts.check_can(actor, EDIT, "Only those who edit standards shape what customers are asked.")


def require_work(actor: Actor) -> None:
    """Refuse whoever does not work with customers."""
    accounts.check_can(actor, WORK, "Only those who work on tickets do this.")


def advice(text: str) -> tuple[str, ...]:
    """Return what is wrong with the wording of a question.

    >>> advice("How friendly and quick were we?")
    ('It asks two things at once.', 'It leads to one answer.')
    >>> advice("How satisfied are you with the answer?")
    ()
    """
    found = (
        (_DOUBLE, "It asks two things at once."),
        (_LEADING, "It leads to one answer."),
        (_ABSOLUTE, "Few things are so always or never; nobody can answer it exactly."),
    )
    return tuple(words for pattern, words in found if pattern.search(text))
