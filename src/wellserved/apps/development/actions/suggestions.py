"""Suggest, named or not; answer; say what was done."""

import datetime as dt
import secrets

from django.db import transaction

from wellserved.apps.accounts import queries as accounts
from wellserved.apps.accounts.secrets import hash_secret
from wellserved.apps.accounts.types import Actor
from wellserved.apps.development import models
from wellserved.apps.development.events import voice as events
from wellserved.apps.development.policies import voice as policies
from wellserved.apps.development.policies import words as rules
from wellserved.apps.development.queries import suggestions as queries
from wellserved.apps.development.types import suggestions as types
from wellserved.apps.ledger import actions as ledger
from wellserved.apps.thread import actions as thread
from wellserved.platform import clock
from wellserved.platform.errors import Conflict, Invalid, NotFound
from wellserved.platform.origin import live_origin

_RECEIPT_BYTES = 12


@transaction.atomic
def suggest(*, actor: Actor, title: str, text: str, is_anonymous: bool = False, now: dt.datetime) -> types.Given:
    """Suggest something and return its id, with a receipt for whoever stays anonymous.

    Of an anonymous author nothing is kept: not in the record, not in history, which has the product itself receive it.
    """
    person_id = policies.require_belonging(actor)
    receipt = secrets.token_hex(_RECEIPT_BYTES) if is_anonymous else ""
    row = models.Suggestion.objects.create(
        author_id=None if is_anonymous else person_id,
        is_anonymous=is_anonymous,
        receipt_hash=hash_secret(receipt) if receipt else "",
        title=rules.said(title, 160, field="title", missing="Say in a few words what you suggest."),
        text=rules.said(text, 2000, field="text", missing="Say what you see, and what you would change."),
        given_on=clock.day_of(now),
        origin=live_origin(actor.world),
    )
    ledger.record(
        actor=accounts.system_actor(world=actor.world) if is_anonymous else actor,
        action="development.suggest",
        subject=(types.SUGGESTION, row.pk),
        now=now,
        changes={"title": (None, row.title)},
        event=events.SuggestionGiven(suggestion_id=row.pk),
    )
    return types.Given(id=row.pk, receipt=receipt)


@transaction.atomic
def answer(
    *,
    actor: Actor,
    suggestion_id: int,
    state: str,
    answer: str,
    done: str = "",
    done_in: tuple[str, int] | None = None,
    version: int | None = None,
    now: dt.datetime,
) -> None:
    """Answer a suggestion, or say in which record it is done; it stands on its author's Today until she has read it.

    Being looked at is no answer yet: the days go on counting.
    """
    row = _locked(actor, suggestion_id)
    policies.check_version(row.version, version)
    if row.state in ("done", "declined"):
        raise Conflict("This suggestion is settled; what was answered stays as it was said.", code="suggestion_settled")
    policies.require_answer(actor)
    rules.choice(state, types.ANSWERS, field="state")
    before = row.state
    if state == "looking":
        if before != "new":
            raise Conflict("It has been answered already.", code="suggestion_answered")
    else:
        row.answer = rules.said(answer or row.answer, 2000, field="answer", missing="Say why; the author reads it.")
        row.answered_by_id, row.answered_at = actor.user_id, row.answered_at or now
    if state == "done":
        row.done = rules.said(done, 500, field="done", missing="Say what was done; the whole staff reads it.")
        row.done_at = now
    row.state, row.version, row.told_at = state, row.version + 1, None
    row.save(update_fields=["state", "answer", "answered_by", "answered_at", "done", "done_at", "told_at", "version"])
    subject = (types.SUGGESTION, row.pk)
    ledger.record(
        actor=actor,
        action="development.answer_suggestion",
        subject=subject,
        now=now,
        changes={"suggestion_state": (before, state), "answer": (None, row.answer or None)},
        event=events.SuggestionAnswered(suggestion_id=row.pk),
    )
    if done_in is not None and state in ("planned", "done"):
        thread.link(actor=actor, start=subject, verb="answered_by", end=done_in, now=now)


@transaction.atomic
def see_answer(*, actor: Actor, suggestion_id: int, now: dt.datetime) -> None:
    """Say that one has read what came of one's own suggestion."""
    row = _locked(actor, suggestion_id)
    if row.author_id is None or row.author_id != actor.user_id:
        raise NotFound("There is no such suggestion, or it is not yours to see yet.", code="suggestion_not_found")
    if not row.answer:
        raise Invalid("It has not been answered yet.", code="suggestion_open")
    row.told_at = now
    row.save(update_fields=["told_at"])
    ledger.record(actor=actor, action="development.see_answer", subject=(types.SUGGESTION, row.pk), now=now)


def _locked(actor: Actor, suggestion_id: int) -> models.Suggestion:
    row = queries.visible(actor=actor).select_for_update(of=("self",)).filter(pk=suggestion_id).first()
    if row is None:
        raise NotFound("There is no such suggestion, or it is not yours to see yet.", code="suggestion_not_found")
    return row
