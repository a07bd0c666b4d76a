"""Referrals and notices as history and links know them."""

from collections.abc import Collection, Mapping

from wellserved.apps.accounts.types import Actor
from wellserved.apps.desk.models import Notice, Referral
from wellserved.apps.desk.queries import notices, referrals
from wellserved.apps.desk.types.promises import Cause, MadeTo
from wellserved.apps.desk.types.referrals import ReferralState
from wellserved.apps.ledger import wording
from wellserved.apps.thread import kinds

_SENTENCES = {
    "desk.refer": "put a matter to a colleague",
    "desk.accept_referral": "accepted a referral",
    "desk.pass_referral_on": "passed a referral on",
    "desk.answer_referral": "answered a referral",
    "desk.ask_comfort": "asked the customer whether she is comfortable",
    "desk.answer_comfort": "answered whether she is comfortable",
    "desk.settle_comfort": "dealt with what the customer was not comfortable with",
    "desk.remind_promise": "reminded of a promise",
    "desk.save_notice": "wrote a notice to customers",
    "desk.leave_out_of_notice": "left a ticket out of a notice",
    "desk.send_notice": "let a notice go out",
}
_LABELS = {
    "asked_of": "Asked of",
    "question": "Question",
    "proposed": "Proposed",
    "granted": "Granted",
    "referral_state": "Referral",
    "comfort": "Comfortable",
    "asked": "Asked",
    "made_to": "Promised to",
    "cause": "Cause",
    "is_required": "Required by law",
}


def register() -> None:
    """Make referrals and notices known; called once when Django starts."""
    for action, sentence in _SENTENCES.items():
        wording.register(action, sentence)
    for field, words in _LABELS.items():
        wording.label(field, words)
    wording.values("referral_state", dict(ReferralState.choices))
    wording.values("made_to", dict(MadeTo.choices))
    wording.values("cause", dict(Cause.choices))
    wording.values("comfort", {"yes": "Yes", "no": "No", "concern": "With a concern", "settled": "Dealt with"})
    kinds.register(
        kinds.Kind(
            key="desk.referral",
            label="Referral",
            url=lambda pk: f"/referrals/{pk}",
            titles=_referral_titles,
            policy=_visible_referrals,
        )
    )
    kinds.register(
        kinds.Kind(
            key="desk.notice",
            label="Notice",
            url=lambda pk: f"/notices/{pk}",
            titles=_notice_titles,
            policy=_visible_notices,
        )
    )


def _referral_titles(ids: Collection[int]) -> Mapping[int, str]:
    rows = Referral.objects.filter(pk__in=ids).values_list("pk", "ticket__number", "ticket__subject")
    return {pk: f"Referral on #{number} {subject}" for pk, number, subject in rows}


def _visible_referrals(actor: Actor, ids: Collection[int]) -> Collection[int]:
    return set(referrals.visible_referrals(actor=actor).filter(pk__in=ids).values_list("pk", flat=True))


def _notice_titles(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Notice.objects.filter(pk__in=ids).values_list("pk", "title"))


def _visible_notices(actor: Actor, ids: Collection[int]) -> Collection[int]:
    return set(notices.visible_notices(actor=actor).filter(pk__in=ids).values_list("pk", flat=True))
