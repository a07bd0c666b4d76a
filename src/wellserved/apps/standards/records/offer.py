"""Segments, expectations, services, the vision and objectives as history and links know them."""

from collections.abc import Callable, Collection, Mapping

from django.db import models as db

from wellserved.apps.ledger import wording
from wellserved.apps.standards import models
from wellserved.apps.standards.records.clocks import titles_of, visible_to_staff
from wellserved.apps.thread import kinds

_SENTENCES = {
    "standards.save_segment": "saved the segment",
    "standards.save_expectation": "saved the expectation",
    "standards.review_expectation": "reviewed the expectation",
    "standards.save_service": "changed the offer",
    "standards.withdraw_service": "withdrew the service",
    "standards.publish_promises": "published the promises",
    "standards.withdraw_promises": "took the promises from public view",
    "standards.save_vision": "changed the vision",
    "standards.save_objective": "saved the objective",
    "standards.settle_objective": "settled the objective",
}
_LABELS = {
    "rule": "Who belongs to it",
    "basis": "How we know",
    "nature": "Real or perceived",
    "importance": "Importance",
    "source_on": "Source of",
    "source_note": "Which source",
    "credibility": "Credibility",
    "signals": "Known by",
    "segment_id": "Segment",
    "is_offered": "Offered",
    "is_public": "Public",
    "measured_by": "Measured by",
}


def register() -> None:
    """Make these records known; called once when Django starts."""
    for action, sentence in _SENTENCES.items():
        wording.register(action, sentence)
    for field, words in _LABELS.items():
        wording.label(field, words)
    wording.names("segment_id", titles_of(models.Segment))
    for key, label, folder, model, titles, step in (
        ("standards.segment", "Segment", "/expectations/segments/", models.Segment, titles_of(models.Segment), ""),
        (
            "standards.expectation",
            "Expectation",
            "/expectations/",
            models.Expectation,
            _expectation_titles,
            "expectation",
        ),
        ("standards.service", "Service", "/offer/", models.Service, titles_of(models.Service), ""),
        ("standards.objective", "Objective", "/vision/objectives/", models.Objective, titles_of(models.Objective), ""),
    ):
        kinds.register(
            kinds.Kind(
                key=key, label=label, url=_under(folder), titles=titles, policy=visible_to_staff(model), step=step
            )
        )
    _register_single("standards.vision", "Vision", "/vision", models.Vision)
    _register_single("standards.promise_page", "Page of promises", "/promises", models.PromisePage)


def _register_single(key: str, label: str, address: str, model: type[db.Model]) -> None:
    def titles(ids: Collection[int]) -> Mapping[int, str]:
        return dict.fromkeys(ids, label)

    kinds.register(
        kinds.Kind(
            key=key, label=label, url=lambda _pk: address, titles=titles, policy=visible_to_staff(model), step=""
        )
    )


def _under(folder: str) -> Callable[[int], str]:
    return lambda pk: f"{folder}{pk}"


def _expectation_titles(ids: Collection[int]) -> Mapping[int, str]:
    return dict(models.Expectation.objects.filter(pk__in=ids).values_list("pk", "title"))
