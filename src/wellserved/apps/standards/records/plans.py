"""Plans, resources and bids as history, links and approvals know them."""

from collections.abc import Callable, Collection
from typing import Any

from django.db import models

from wellserved.apps.accounts.policies import READ_PLANS
from wellserved.apps.accounts.types import Actor
from wellserved.apps.ledger import approving, wording
from wellserved.apps.standards.models import Bid, Plan, Resource
from wellserved.apps.standards.policies import spending
from wellserved.apps.standards.queries import bids, plans
from wellserved.apps.standards.records.clocks import titles_of
from wellserved.apps.thread import kinds
from wellserved.platform.origin import in_world

_SENTENCES = {
    "standards.create_plan": "began the plan",
    "standards.save_plan": "changed the plan",
    "standards.send_plan": "sent the plan for approval",
    "standards.recost_plan": "re-costed the plan to what was offered",
    "standards.agree_plan": "put the plan in force as approved",
    "standards.reopen_plan": "took the agreed plan up again",
    "standards.evaluate_plan": "held the plan against what happened",
    "standards.mark_plan": "marked something of the plan as done",
    "standards.enter_spending": "entered what was spent",
    "standards.set_target": "set a target",
    "standards.remove_target": "took a target out",
    "standards.save_resource": "saved the resource",
    "standards.comment_resource": "said whether the resource can be kept up",
    "standards.allocate": "gave some of the resource to a plan",
    "standards.take_back": "took an allocation back",
    "standards.save_bid": "wrote the bid",
    "standards.send_bid": "sent the bid",
    "standards.settle_bid": "settled the bid",
    "ledger.approval_lapsed": "let a request for approval fall, because what it was about had changed",
}
_LABELS = {
    "objectives": "Objectives",
    "standards": "Standards",
    "monitoring": "Monitoring",
    "criteria": "Criteria",
    "starts_on": "Begins",
    "ends_on": "Ends",
    "monthly": "A month, each",
    "what": "",
    "owner_id": "Owner",
    "reviewer_id": "Reviewer",
}


def register() -> None:
    """Make plans, resources and bids known, and what they need approval for; called once when Django starts."""
    for action, sentence in _SENTENCES.items():
        wording.register(action, sentence)
    for field, words in _LABELS.items():
        wording.label(f"standards.{field}", words)
    for key, label, model, folder, step in (
        (plans.KIND, "Delivery plan", Plan, "plans", "standard"),
        ("standards.resource", "Resource", Resource, "resources", ""),
        (bids.KIND, "Bid", Bid, "bids", ""),
    ):
        kinds.register(
            kinds.Kind(
                key=key,
                label=label,
                url=_address(folder),
                titles=titles_of(model),
                policy=_visible(model),
                step=step,
            )
        )
    # Whoever has a part in a plan says that she has read it, though she may not read the plan itself.
    kinds.register(
        kinds.Kind(
            key=plans.PART,
            label="Part in a plan",
            url=lambda _pk: "/my-work",
            titles=titles_of(Plan),
            policy=lambda actor, ids: {row.id for row in plans.mine(actor=actor)} & set(ids),
            is_open=False,
        )
    )
    approving.register(
        approving.Purpose(
            key=plans.PURPOSE,
            label="Agree a plan",
            digest_now=plans.digest_of,
            weigh=spending.weigh_plan,
            hold=spending.hold,
        )
    )
    approving.register(
        approving.Purpose(
            key=bids.PURPOSE,
            label="Grant a bid",
            digest_now=bids.digest_of,
            weigh=spending.weigh_bid,
            hold=spending.hold,
        )
    )


def _address(folder: str) -> Callable[[int], str]:
    return lambda pk: f"/{folder}/{pk}"


def _visible(model: type[models.Model]) -> Callable[[Actor, Collection[int]], Collection[int]]:
    def visible(actor: Actor, ids: Collection[int]) -> Collection[int]:
        if not actor.can(READ_PLANS):
            return set()
        rows: Any = in_world(model._default_manager.filter(pk__in=ids), actor.world)
        return set(rows.values_list("pk", flat=True))

    return visible
