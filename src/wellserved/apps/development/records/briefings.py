"""Briefings, checks and goes at them as history and links know them."""

from collections.abc import Collection, Mapping

from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import sources, telling_roles
from wellserved.apps.development.models import Check
from wellserved.apps.development.queries import attempts, briefings, checks
from wellserved.apps.ledger import subjects, wording
from wellserved.apps.thread import kinds

_SENTENCES = {
    "development.save_briefing": "wrote a draft of the briefing",
    "development.draft_briefing": "drafted a briefing of what came into force",
    "development.publish_briefing": "published the briefing",
    "development.withdraw_briefing": "withdrew the briefing",
    "development.read_briefing": "said that the briefing was read",
    "development.remind_briefing": "reminded those missing",
    "development.hold_session": "gave the briefing live",
    "development.begin_check": "began an understanding check",
    "development.set_up_check": "changed how the check is drawn and passed",
    "development.add_question": "added a question",
    "development.retire_question": "retired a question",
    "development.confirm_check": "said that the questions hold for the version in force",
    "development.finish_attempt": "finished an understanding check",
    "development.help": "helped with what was not understood",
}
_LABELS = {
    "development.told": "Sent to",
    "development.reminded": "People reminded",
    "development.present": "There",
    "development.to_catch_up": "To catch up",
    "development.size": "Questions drawn",
    "development.pass_share": "Right to pass",
    "development.questions_for_version": "Questions for version",
    "development.help": "What was done",
    "development.items": "Items",
}


def register() -> None:
    """Make these records known; called once when Django starts."""
    sources.register_all()
    telling_roles.register_role()
    for action, sentence in _SENTENCES.items():
        wording.register(action, sentence)
    for field, words in _LABELS.items():
        wording.label(field, words)
    kinds.register(
        kinds.Kind(
            key="development.briefing",
            label="Briefing",
            url=lambda pk: f"/briefings/{pk}",
            titles=briefings.titles,
            policy=briefings.visible_ids,
        )
    )
    kinds.register(
        kinds.Kind(
            key="development.check",
            label="Understanding check",
            url=lambda pk: f"/checks/{pk}",
            titles=_check_titles,
            policy=_visible_checks,
            is_open=False,
        )
    )
    kinds.register(
        kinds.Kind(
            key="development.attempt",
            label="Go at a check",
            url=lambda pk: f"/checks/goes/{pk}",
            titles=attempts.titles,
            policy=attempts.visible_ids,
            is_open=False,
            is_restricted=True,
        )
    )


def _check_titles(ids: Collection[int]) -> Mapping[int, str]:
    rows = Check.objects.filter(pk__in=ids).values_list("pk", "subject_kind", "subject_id")
    refs = {pk: (kind, record_id) for pk, kind, record_id in rows}
    named: dict[tuple[str, int], str] = {}
    for key in {kind for kind, _ in refs.values()} & subjects.registry.keys():
        found = subjects.registry[key].titles({record_id for kind, record_id in refs.values() if kind == key})
        named |= {(key, record_id): title for record_id, title in found.items()}
    return {pk: f"Check: {named.get(ref, 'a record no longer here')}" for pk, ref in refs.items()}


def _visible_checks(actor: Actor, ids: Collection[int]) -> Collection[int]:
    if not briefings.briefs(actor):
        return frozenset()
    rows = checks.visible(actor=actor).filter(pk__in=ids)
    refs = {pk: (kind, record_id) for pk, kind, record_id in rows.values_list("pk", "subject_kind", "subject_id")}
    seen = subjects.titles(actor=actor, subjects=set(refs.values()))
    return frozenset(pk for pk, ref in refs.items() if ref in seen)
