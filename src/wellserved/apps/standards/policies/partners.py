"""What a partner's record may hold, and whose word about a partner counts."""

from collections.abc import Collection, Mapping

from wellserved.apps.accounts.types import Actor
from wellserved.apps.standards.types.partners import HEADINGS, WRITTEN
from wellserved.platform.errors import Invalid, Refused

LONGEST_WORDS = 1000


def read_headings(given: Mapping[str, str]) -> dict[str, str]:
    """Return what is written under the headings kept in words."""
    if unknown := sorted(set(given) - set(WRITTEN)):
        raise Invalid(f"A partner has no {', '.join(unknown)}.", code="partner_heading")
    return {key: _words(given.get(key, ""), key) for key in WRITTEN}


def read_findings(given: Mapping[str, str]) -> dict[str, str]:
    """Return a finding under each of the seven headings, or name those that are missing."""
    if unknown := sorted(set(given) - set(HEADINGS)):
        raise Invalid(f"A review has no heading {', '.join(unknown)}.", code="partner_heading")
    found = {key: _words(given.get(key, ""), key) for key in HEADINGS}
    if missing := [key for key, words in found.items() if not words]:
        listed = ", ".join(HEADINGS[key] for key in missing)
        raise Invalid(
            f"A review covers all seven headings; this one says nothing about {listed}.",
            code="review_incomplete",
            missing=missing,
            field=missing[0],
        )
    return found


def _words(given: str, key: str) -> str:
    words = str(given or "").strip()
    if len(words) > LONGEST_WORDS:
        raise Invalid(f"Keep it to {LONGEST_WORDS} letters.", code="too_long", field=key)
    return words


def require_impartial(actor: Actor, *, interested: Collection[int], declared: bool, partner: str) -> None:
    """Let only those speak for us to a partner who have declared no interest in it, once somebody has declared."""
    if not declared:
        raise Invalid(
            f"Nobody has declared yet whether they have an interest in {partner}. Do it on the partner's page first.",
            code="interest_not_declared",
        )
    if actor.user_id in interested:
        raise Refused(
            f"You have declared an interest in {partner}, so a colleague without one does this.", code="own_interest"
        )
