"""Write a role's pack part by part, put it in force, and retire it."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from wellserved.apps.accounts import policies as accounts_policies
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.people import events, queries
from wellserved.apps.people.models import (
    JobRole,
    JobRoleVersion,
    RoleCriterion,
    RoleSkill,
    RoleStep,
)
from wellserved.apps.people.queries import roles
from wellserved.apps.people.types import LEVELS
from wellserved.apps.people.types.packs import template
from wellserved.apps.people.types.roles import DOCUMENTS, PARTS, Assessment, By, Pack
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.origin import in_world, live_origin

KIND = roles.KIND
ONLY_LEADERS = "Only team leaders, managers and administrators write what a role is."
MOST_LINES = 15
LONGEST_LINE = 300


@transaction.atomic
def start_role(*, actor: Actor, name: str, starter: str = "", now: dt.datetime) -> int:
    """Begin a role, empty or from a template, and return its id; nothing of it holds before it is put in force."""
    accounts_policies.check_can(actor, accounts_policies.EDIT_PEOPLE, ONLY_LEADERS)
    cleaned = " ".join(name.split())
    if not 1 <= len(cleaned) <= 120:
        raise Invalid("Give the role a name of 1 to 120 characters.", code="role_name", field="name")
    if in_world(JobRole.objects.filter(name__iexact=cleaned), actor.world).exists():
        raise Conflict(f"There is already a role called {cleaned}. Choose another name.", code="role_name_taken")
    chosen = template(starter)
    row = JobRole.objects.create(name=cleaned, origin=live_origin(actor.world))
    _write(JobRoleVersion(role=row, number=1, created_at=now), chosen.pack if chosen else Pack(), tuple(PARTS))
    ledger.record(
        actor=actor, action="people.start_role", subject=(KIND, row.pk), now=now, changes={"name": (None, cleaned)}
    )
    return row.pk


@transaction.atomic
def save_pack(
    *,
    actor: Actor,
    role_id: int,
    pack: Pack,
    parts: Sequence[str] = tuple(PARTS),
    version: int | None = None,
    now: dt.datetime,
) -> None:
    """Keep these parts of the pack being written; the others stay, and what holds goes on holding."""
    row = _locked(actor, role_id, version)
    if row.retired_at:
        raise Conflict("This role is retired; begin a new one.", code="role_retired")
    accounts_policies.check_can(actor, accounts_policies.EDIT_PEOPLE, ONLY_LEADERS)
    if set(parts) - set(PARTS):
        raise NotFound("There is no such part of a pack.", code="role_part")
    cleaned = _cleaned(pack, known={each.id for each in queries.skills(actor=actor)})
    _write(_draft(row, now=now), cleaned, parts)
    row.version += 1
    row.save(update_fields=["version"])
    ledger.record(
        actor=actor,
        action="people.save_role_part",
        subject=(KIND, row.pk),
        now=now,
        changes={"part": (None, ", ".join(DOCUMENTS[part] for part in parts))},
    )


@transaction.atomic
def publish_role(*, actor: Actor, role_id: int, reason: str = "", version: int | None = None, now: dt.datetime) -> int:
    """Put the pack being written in force and return its number; whoever has the role is asked to read it."""
    row = _locked(actor, role_id, version)
    draft = row.versions.filter(published_at=None).first()
    if draft is None:
        raise Conflict("Nothing has been changed since this pack was put in force.", code="nothing_changed")
    accounts_policies.check_can(actor, accounts_policies.EDIT_PEOPLE, ONLY_LEADERS)
    if missing := roles.as_pack(draft).missing:
        raise Invalid(
            f"Still empty: {', '.join(DOCUMENTS[part].lower() for part in missing)}.",
            code="role_incomplete",
            missing=list(missing),
        )
    if row.current and not reason.strip():
        raise Invalid("Say why it changes: those who have the role read it again.", code="reason", field="reason")
    draft.published_at, draft.published_by_id, draft.reason = now, actor.user_id, reason.strip()[:500]
    draft.save(update_fields=["published_at", "published_by", "reason"])
    before, row.current = row.current, draft.number
    row.version += 1
    row.save(update_fields=["current", "version"])
    ledger.record(
        actor=actor,
        action="people.publish_role",
        subject=(KIND, row.pk),
        now=now,
        changes={"pack": (before or None, row.current)},
        reason=reason,
        event=events.RolePublished(role_id=row.pk, number=row.current),
    )
    return row.current


@transaction.atomic
def drop_role_draft(*, actor: Actor, role_id: int, version: int | None = None, now: dt.datetime) -> bool:
    """Throw away what is being written; return whether the role is left, since one that never held goes with it."""
    row = _locked(actor, role_id, version)
    accounts_policies.check_can(actor, accounts_policies.EDIT_PEOPLE, ONLY_LEADERS)
    gone, _ = row.versions.filter(published_at=None).delete()
    if not gone:
        raise Conflict("Nothing is being written.", code="nothing_changed")
    ledger.record(actor=actor, action="people.drop_role_draft", subject=(KIND, row.pk), now=now)
    if row.current:
        return True
    row.delete()
    return False


@transaction.atomic
def retire_role(*, actor: Actor, role_id: int, reason: str, version: int | None = None, now: dt.datetime) -> None:
    """Let nobody be given this role any more; who has had it stays in history."""
    row = _locked(actor, role_id, version)
    if row.retired_at:
        raise Conflict("This role is retired already.", code="role_retired")
    accounts_policies.check_can(actor, accounts_policies.EDIT_PEOPLE, ONLY_LEADERS)
    if row.holders.filter(until=None).exists():
        raise Conflict("Somebody still has this role: end that first.", code="role_held")
    if not reason.strip():
        raise Invalid("Say why it goes: the reason stands in the history.", code="reason", field="reason")
    row.retired_at, row.version = now, row.version + 1
    row.save(update_fields=["retired_at", "version"])
    ledger.record(
        actor=actor,
        action="people.retire_role",
        subject=(KIND, row.pk),
        now=now,
        changes={"is_active": (True, False)},
        reason=reason,
    )


def _locked(actor: Actor, role_id: int, version: int | None) -> JobRole:
    row = roles.visible_roles(actor=actor).select_for_update().filter(pk=role_id).first()
    if row is None:
        raise NotFound("There is no such role.", code="role_not_found")
    if version is not None and version != row.version:
        raise Conflict(
            "Somebody has changed this role since you opened it. Look at what changed, then save again.",
            code="stale",
            version=row.version,
        )
    return row


def _draft(row: JobRole, *, now: dt.datetime) -> JobRoleVersion:
    """Return the version being written; a new one begins as what holds."""
    draft = row.versions.filter(published_at=None).first()
    if draft:
        return draft
    holds = row.versions.get(number=row.current)
    draft = JobRoleVersion(role=row, number=row.current + 1, created_at=now)
    _write(draft, roles.as_pack(holds), tuple(PARTS))
    return draft


def _write(row: JobRoleVersion, pack: Pack, parts: Sequence[str]) -> None:
    """Write these parts of a pack into a version."""
    fields: Mapping[str, Mapping[str, Any]] = {
        "description": {
            "purpose": pack.purpose,
            "reports_to": pack.reports_to,
            "decides": pack.decides,
            "duties": list(pack.duties),
        },
        "selection": {"stages": list(pack.stages), "pass_mark": pack.pass_mark},
    }
    for part in parts:
        for field, value in fields.get(part, {}).items():
            setattr(row, field, value)
    row.save()
    if "person" in parts:
        row.criteria.all().delete()
        row.skills.all().delete()
        RoleCriterion.objects.bulk_create(
            RoleCriterion(
                pack=row, place=at, text=each.text, is_essential=each.is_essential, assessed_by=each.assessed_by
            )
            for at, each in enumerate(pack.criteria)
        )
        RoleSkill.objects.bulk_create(
            RoleSkill(pack=row, skill_id=each.skill_id, level=each.level) for each in pack.skills
        )
    if "induction" in parts:
        row.steps.all().delete()
        RoleStep.objects.bulk_create(
            RoleStep(pack=row, place=at, day=each.day, text=each.text, by=each.by)
            for at, each in enumerate(sorted(pack.steps, key=lambda step: step.day))
        )


def _cleaned(pack: Pack, *, known: set[int]) -> Pack:
    """Return the pack as it can be kept, or say what cannot."""
    if unknown := {each.skill_id for each in pack.skills} - known:
        raise NotFound("There is no such skill.", code="skill_not_found", skill=min(unknown))
    if len({each.skill_id for each in pack.skills}) < len(pack.skills):
        raise Invalid("Each skill can be required once.", code="role_skills")
    if any(each.level not in LEVELS or each.level == 0 for each in pack.skills):
        raise Invalid("Choose a level from 1 to 4.", code="role_skill_level")
    if not 0 <= pack.pass_mark <= 100:
        raise Invalid("Give the share to be reached from 0 to 100.", code="pass_mark", field="pass_mark")
    if any(not 1 <= step.day <= 730 for step in pack.steps):
        raise Invalid("Count days from 1, the first day, to 730.", code="induction_day")
    if any(step.by not in By.values for step in pack.steps):
        raise Invalid(f"A step is done by {', '.join(By.values)}.", code="induction_by")
    if any(each.assessed_by not in Assessment.values for each in pack.criteria):
        raise Invalid(f"A criterion is seen by {', '.join(Assessment.values)}.", code="assessed_by")
    return Pack(
        purpose=_text(pack.purpose, 500, "purpose"),
        reports_to=_text(pack.reports_to, 120, "reports_to"),
        decides=_text(pack.decides, 500, "decides"),
        duties=_lines(pack.duties, "duties"),
        stages=_lines(pack.stages, "stages"),
        pass_mark=pack.pass_mark,
        criteria=tuple(
            dataclasses.replace(each, id=None, text=_text(each.text, LONGEST_LINE, ""))
            for each in _few(pack.criteria)
            if each.text.strip()
        ),
        skills=pack.skills,
        steps=tuple(
            dataclasses.replace(each, text=_text(each.text, LONGEST_LINE, ""))
            for each in _few(pack.steps)
            if each.text.strip()
        ),
    )


def _text(given: str, longest: int, field: str) -> str:
    text = given.strip()
    if len(text) > longest:
        raise Invalid(f"Keep it to {longest} characters.", code="too_long", field=field)
    return text


def _lines(given: Sequence[str], field: str) -> tuple[str, ...]:
    return tuple(_text(line, LONGEST_LINE, field) for line in _few([line for line in given if line.strip()]))


def _few(given: Sequence[Any]) -> Sequence[Any]:
    if len(given) > MOST_LINES:
        raise Invalid(f"Keep to {MOST_LINES} lines: nobody works by more.", code="too_many_lines")
    return given
