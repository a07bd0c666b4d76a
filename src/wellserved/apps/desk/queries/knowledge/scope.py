"""Which guidelines somebody may read, which hold for a ticket, and whom they concern: the one place that says so."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from wellserved.apps.accounts import policies as accounts
from wellserved.apps.accounts.types import Actor, Person
from wellserved.apps.desk.models import Guideline, Ticket
from wellserved.apps.desk.types.knowledge import Content, GuidelineState
from wellserved.apps.ledger import approving
from wellserved.platform.errors import NotFound
from wellserved.platform.origin import in_world

KIND, PURPOSE = "desk.guideline", "desk.guideline"


def sees_drafts(actor: Actor) -> bool:
    """Return whether this person reads what is not yet in force: those who write it, and those who decide on it."""
    return actor.can(accounts.EDIT_KNOWLEDGE) or actor.can(accounts.DECIDE)


def visible_guidelines(*, actor: Actor) -> QuerySet[Guideline]:
    """Return the guidelines of the actor's world; what was never in force, to writers and deciders alone."""
    if not actor.can(accounts.READ_KNOWLEDGE):
        return Guideline.objects.none()
    rows = in_world(Guideline.objects.all(), actor.world)
    return rows if sees_drafts(actor) else rows.exclude(current=None)


def visible_guideline(*, actor: Actor, guideline_id: int) -> Guideline:
    """Return the guideline, or say there is none. One query."""
    row = visible_guidelines(actor=actor).select_related("current", "owner", "asked_of").filter(pk=guideline_id).first()
    if row is None:
        raise NotFound("There is no such guideline, or it is not in force yet.", code="guideline_not_found")
    return row


def digest_of(row: Guideline) -> str:
    """Return the fingerprint of the draft: everything of the version that would come into force."""
    return approving.fingerprint({"guideline": row.pk, "content": row.draft, "reason": row.draft_reason})


def digest_now(guideline_id: int) -> str:
    """Return the fingerprint of a guideline's draft as it stands."""
    return digest_of(Guideline.objects.get(pk=guideline_id))


def scope_key(content: Content) -> str:
    """Return what the guideline applies to as words one query can look for.

    >>> scope_key(Content(kinds=("problem",), queues=(3,), tags=("Late | lost",)))
    '|kind:problem|queue:3|tag:late   lost|'
    """
    words = [
        *(f"kind:{kind}" for kind in content.kinds),
        *(f"queue:{pk}" for pk in content.queues),
        *(f"product:{pk}" for pk in content.products),
        *(f"tag:{tag_key(tag)}" for tag in content.tags),
    ]
    return _key(words)


def concern_key(content: Content) -> str:
    """Return whom the guideline concerns as words one query can look for."""
    return _key([*(f"role:{role}" for role in content.roles), *(f"team:{pk}" for pk in content.teams)])


def narrowness(content: Content) -> int:
    """Return by how many of type, queue, product and tag the guideline is narrowed."""
    return sum(bool(part) for part in (content.kinds, content.queues, content.products, content.tags))


def tag_key(name: str) -> str:
    """Return a tag as it stands in a key."""
    return name.lower().replace("|", " ")


def holds_for(ticket: Ticket, *, tags: Iterable[str]) -> Q:
    """Return the condition of what holds for a ticket."""
    return (
        Q(state=GuidelineState.IN_FORCE)
        & _either("kind", [ticket.kind])
        & _either("queue", [ticket.queue_id])
        & _either("product", [ticket.product_id] if ticket.product_id else [])
        & _either("tag", [tag_key(tag) for tag in tags])
    )


def concerns(*, role: str, teams: Iterable[int]) -> Q:
    """Return the condition of what somebody with this role in these teams must have read."""
    mine = _either("role", [role], column="concern_key") & _either("team", list(teams), column="concern_key")
    return Q(state=GuidelineState.IN_FORCE) & ~Q(concern_key="") & mine


def is_concerned(content: Content, person: Person) -> bool:
    """Return whether this person must have read it: of its roles, if any are named, and of its teams likewise."""
    if not (content.roles or content.teams):
        return False
    by_role = not content.roles or person.role in content.roles
    return by_role and (not content.teams or bool(person.team_ids & set(content.teams)))


def _either(word: str, values: Iterable[object], *, column: str = "scope_key") -> Q:
    found = ~Q(**{f"{column}__contains": f"|{word}:"})
    for value in values:
        found |= Q(**{f"{column}__contains": f"|{word}:{value}|"})
    return found


def _key(words: Iterable[str]) -> str:
    joined = "|".join(words)
    return f"|{joined}|" if joined else ""
