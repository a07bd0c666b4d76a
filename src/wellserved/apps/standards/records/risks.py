"""Risks, playbooks and crises as history and links know them."""

from collections.abc import Callable, Collection, Mapping

from django.db.models import Model

from wellserved.apps.ledger import wording
from wellserved.apps.standards.models import Contingency, Crisis, Risk
from wellserved.apps.standards.records.clocks import visible_to_staff
from wellserved.apps.standards.types.risks import Category, Proximity, Result, Stage
from wellserved.apps.thread import kinds

_SENTENCES = {
    "standards.save_risk": "assessed the risk",
    "standards.close_risk": "closed the risk",
    "standards.answer_risk": "chose the playbooks for the risk",
    "standards.save_contingency": "saved a version of the playbook",
    "standards.retire_contingency": "put the playbook away",
    "standards.rehearse": "rehearsed the playbook",
    "standards.propose_activation": "proposed to activate the playbook",
    "standards.activate": "activated the playbook",
    "standards.dismiss": "dismissed the proposal to activate the playbook",
    "standards.tick_step": "did a step of the playbook",
    "standards.recover": "said that the service is back to normal",
    "standards.declare_crisis": "declared the crisis",
    "standards.propose_course": "proposed a course of action",
    "standards.decide_course": "decided about a proposed course",
    "standards.log_crisis": "wrote into the log of the crisis",
    "standards.publish_status": "changed what the status page says",
    "standards.stand_down": "stood the crisis down",
}
_LABELS = {
    "standards.events_a_year": "Events a year",
    "standards.loss_low": "One event costs at least",
    "standards.loss_mode": "One event costs most likely",
    "standards.loss_high": "One event costs at most",
    "standards.customers": "Customers affected",
    "standards.controls": "Controls",
    "standards.proximity": "How soon",
    "standards.review_on": "Review",
    "standards.score": "Score of 25",
    "standards.expected_loss": "Expected loss a year",
    "standards.playbooks": "Playbooks",
    "standards.steps": "Steps",
    "standards.trigger": "What proposes it",
    "standards.result": "Result",
    "standards.rehearsal_due": "Next rehearsal",
    "standards.stage": "Stage",
    "standards.evidence": "Because",
    "standards.step_done": "Step done",
    "standards.course": "Course",
    "standards.action": "Done",
    "standards.update": "Told staff",
    "standards.notice": "Told customers",
    "standards.public_line": "Status page",
    "standards.worked": "What worked",
    "standards.to_change": "What is to change",
}


def register() -> None:
    """Make risks, playbooks and crises known; called once when Django starts."""
    for action, sentence in _SENTENCES.items():
        wording.register(action, sentence)
    for field, words in _LABELS.items():
        wording.label(field, words)
    wording.values("standards.stage", dict(Stage.choices))
    wording.values("standards.result", dict(Result.choices))
    wording.values("standards.proximity", dict(Proximity.choices))
    wording.values("standards.category", dict(Category.choices))
    for key, label, model, field, folder in (
        ("standards.risk", "Risk", Risk, "title", "risks"),
        ("standards.contingency", "Playbook", Contingency, "name", "contingencies"),
        ("standards.crisis", "Crisis", Crisis, "title", "crises"),
    ):
        kinds.register(
            kinds.Kind(
                key=key,
                label=label,
                url=_address(folder),
                titles=_titles(model, field),
                policy=visible_to_staff(model),
            )
        )


def _address(folder: str) -> Callable[[int], str]:
    return lambda pk: f"/{folder}/{pk}"


def _titles(model: type[Model], field: str) -> Callable[[Collection[int]], Mapping[int, str]]:
    return lambda ids: dict(model._default_manager.filter(pk__in=ids).values_list("pk", field))
