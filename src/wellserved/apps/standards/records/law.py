"""Duties and rule packs as history and links know them."""

from collections.abc import Collection, Mapping

from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import wording
from wellserved.apps.standards.models import Obligation, RulePack
from wellserved.apps.standards.queries import law as queries
from wellserved.apps.thread import kinds
from wellserved.platform.origin import in_world

_SENTENCES = {
    "standards.load_pack": "loaded a version of the rule pack",
    "standards.choose_default_pack": "made the rule pack the default",
    "standards.save_obligation": "saved the duty",
    "standards.review_obligation": "reviewed the duty",
    "standards.attest_obligation": "attested the duty",
    "standards.retire_obligation": "retired the duty",
}


def register() -> None:
    """Make duties and packs known; called once when Django starts."""
    for action, sentence in _SENTENCES.items():
        wording.register(action, sentence)
    kinds.register(
        kinds.Kind(
            key="standards.obligation",
            label="Duty",
            url=lambda pk: f"/law/{pk}",
            titles=_duty_titles,
            policy=_visible_duties,
            step="standard",
        )
    )
    kinds.register(
        kinds.Kind(
            key="standards.rulepack",
            label="Rule pack",
            url=lambda pk: f"/law/packs/{pk}",
            titles=_pack_titles,
            policy=_visible_packs,
            step="standard",
        )
    )


def _duty_titles(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Obligation.objects.filter(pk__in=ids).values_list("pk", "title"))


def _visible_duties(actor: Actor, ids: Collection[int]) -> Collection[int]:
    return set(queries.visible_obligations(actor=actor).filter(pk__in=ids).values_list("pk", flat=True))


def _pack_titles(ids: Collection[int]) -> Mapping[int, str]:
    return dict(RulePack.objects.filter(pk__in=ids).values_list("pk", "title"))


def _visible_packs(actor: Actor, ids: Collection[int]) -> Collection[int]:
    if not (actor.automatic or actor.can("standards.read")):
        return set()
    return set(in_world(RulePack.objects.filter(pk__in=ids), actor.world).values_list("pk", flat=True))
