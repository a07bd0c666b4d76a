"""The kinds of record this app and `accounts` below it bring to links, history, comments and files."""

from collections.abc import Collection, Mapping

from django.urls import reverse

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.policies import READ_PEOPLE
from wellserved.apps.accounts.types import Actor
from wellserved.apps.people import queries
from wellserved.apps.people.queries import adjustments, candidates, matrix, roles
from wellserved.apps.thread import kinds


def see_colleagues(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return the colleagues whose records this actor may read: those she may know of, or herself alone. One query."""
    wanted = frozenset(ids)
    if not actor.can(READ_PEOPLE):
        return wanted & ({actor.user_id} if actor.user_id else set())
    return accounts.visible_staff_ids(actor=actor, user_ids=wanted)


def see_teams(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return the teams whose records this actor may read. One query."""
    return accounts.visible_team_ids(actor=actor, team_ids=ids) if actor.can(READ_PEOPLE) else frozenset()


def see_limits(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return the limits this actor may read."""
    return frozenset(ids) & {row.id for row in queries.limits(actor=actor)}


def name_colleagues(ids: Collection[int]) -> Mapping[int, str]:
    """Return names by id. One query."""
    return accounts.names(user_ids=ids)


def url_of_colleague(user_id: int) -> str:
    """Return the address of a colleague's profile."""
    return reverse("people:profile", args=[user_id])


def see_skills(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return the skills whose records this actor may read. One query."""
    return frozenset(ids) & {row.id for row in queries.skills(actor=actor)} if actor.can(READ_PEOPLE) else frozenset()


def see_roles(actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Return the roles this actor may read. One query."""
    return frozenset(roles.visible_roles(actor=actor).filter(pk__in=set(ids)).values_list("pk", flat=True))


def _register_roles() -> None:
    kinds.register(
        kinds.Kind(
            key="people.skill",
            label="Skill",
            url=lambda pk: reverse("people:skill", args=[pk]),
            titles=lambda ids: matrix.skill_names(skill_ids=ids),
            policy=see_skills,
        )
    )
    kinds.register(
        kinds.Kind(
            key=roles.KIND,
            label="Role",
            url=lambda pk: reverse("people:role", args=[pk]),
            titles=lambda ids: roles.role_names(role_ids=ids),
            policy=see_roles,
        )
    )
    # Neither names anybody: a title is read wherever history is.
    kinds.register(
        kinds.Kind(
            key=candidates.KIND,
            label="Candidate",
            url=lambda pk: reverse("people:candidate", args=[pk]),
            titles=lambda ids: {pk: f"Candidate {pk}" for pk in ids},
            policy=candidates.visible_ids,
        )
    )
    kinds.register(
        kinds.Kind(
            key=adjustments.KIND,
            label="Adjustment",
            url=lambda _pk: reverse("people:people"),
            titles=lambda ids: dict.fromkeys(ids, "Adjustment"),
            policy=adjustments.visible_ids,
            is_open=False,
            is_restricted=True,
        )
    )


def register() -> None:
    """Make the kinds known; called once when Django starts."""
    _register_roles()
    for key, label in (("accounts.user", "Colleague"), ("people.profile", "Profile")):
        kinds.register(
            kinds.Kind(key=key, label=label, url=url_of_colleague, titles=name_colleagues, policy=see_colleagues)
        )
    kinds.register(
        kinds.Kind(
            key="accounts.team",
            label="Team",
            url=lambda team_id: f"{reverse('accounts:teams')}#team-{team_id}",
            titles=lambda ids: accounts.team_names(team_ids=ids),
            policy=see_teams,
        )
    )
    kinds.register(
        kinds.Kind(
            key="people.limit",
            label="Limit of authority",
            url=lambda _limit_id: reverse("people:authority"),
            titles=lambda ids: queries.limit_titles(limit_ids=ids),
            policy=see_limits,
        )
    )
