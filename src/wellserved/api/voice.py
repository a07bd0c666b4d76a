"""The staff's own voice: thanks, suggestions, consultations, the pulse; rewards, team events and behaviours.

Conflict cases have no address here: they are read and written by those in them, on their pages, and by no program.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from wellserved.api import versions
from wellserved.api.calling import on_version
from wellserved.api.declaring import needs_version, unremembered
from wellserved.api.shapes import voice as shapes
from wellserved.api.shapes.wire import Id, Items, Made, Page, items_of, page_of
from wellserved.apps.accounts.asking import actor_of
from wellserved.apps.accounts.policies import ANSWER_STAFF, EDIT_PEOPLE, EDIT_PLANS, EDIT_STANDARDS, READ_STANDARDS
from wellserved.apps.development.actions import behaviours as behaviour_actions
from wellserved.apps.development.actions import consultations as consultation_actions
from wellserved.apps.development.actions import pulse as pulse_actions
from wellserved.apps.development.actions import recognition, rewards, team_events
from wellserved.apps.development.actions import suggestions as suggestion_actions
from wellserved.apps.development.queries import behaviours as behaviour_queries
from wellserved.apps.development.queries import pulse as pulse_queries
from wellserved.apps.development.queries import recognition as thanks_queries
from wellserved.apps.development.queries import rewards as reward_queries
from wellserved.apps.development.queries import suggestions as queries
from wellserved.apps.development.types.recognition import SchemeGiven
from wellserved.platform import clock
from wellserved.platform.http.access import needs

thanks = Router(tags=["Thanks"])
suggestions = Router(tags=["Suggestions"])
consultations = Router(tags=["Consultations"])
pulses = Router(tags=["Pulse"])
schemes = Router(tags=["Rewards"])
events = Router(tags=["Team events"])
behaviours = Router(tags=["Objectives"])


def _ref(kind: str, number: int | None) -> tuple[str, int] | None:
    return (kind, number) if kind and number else None


@thanks.get("", response=Page[shapes.Thanks], summary="List thanks")
@needs(READ_STANDARDS)
def list_thanks(request: HttpRequest, asked: Query[shapes.ThanksQuery]) -> Any:
    """To those you may know of, newest first."""
    rows, cursor = thanks_queries.feed(
        actor=actor_of(request), value=asked.value, user_id=asked.user_id, cursor=asked.after, limit=asked.limit
    )
    return page_of(request, rows, cursor)


@thanks.post("", response={201: Made}, summary="Thank a colleague")
@needs(READ_STANDARDS)
def give_thanks(request: HttpRequest, given: shapes.ThanksGiven) -> Any:
    """For a value of the vision in force; it stands on her Today."""
    return {
        "id": recognition.thank(
            actor=actor_of(request),
            user_id=given.user_id,
            value=given.value,
            words=given.words,
            about=_ref(given.about_kind, given.about_id),
            now=clock.now(),
        )
    }


@suggestions.get("", response=Page[shapes.Suggestion], summary="List suggestions")
@needs(READ_STANDARDS)
def list_suggestions(request: HttpRequest, asked: Query[shapes.SuggestionQuery]) -> Any:
    """Your own and those answered; all of them for whoever answers."""
    rows, cursor = queries.suggestions(
        actor=actor_of(request), view=asked.view, on=clock.day_of(clock.now()), cursor=asked.after, limit=asked.limit
    )
    return page_of(request, rows, cursor)


@suggestions.post("", response={201: shapes.SuggestionMade}, summary="Suggest something")
@unremembered
@needs(READ_STANDARDS)
def suggest(request: HttpRequest, given: shapes.SuggestionGiven) -> Any:
    """Of an anonymous author nothing is kept."""
    return suggestion_actions.suggest(actor=actor_of(request), **given.model_dump(), now=clock.now())


@suggestions.get("/{int:suggestion_id}", response=shapes.Suggestion, summary="Read a suggestion")
@needs(READ_STANDARDS)
def read_suggestion(request: HttpRequest, response: HttpResponse, suggestion_id: Id) -> Any:
    """With its answer."""
    found = queries.suggestion(actor=actor_of(request), suggestion_id=suggestion_id, on=clock.day_of(clock.now()))
    versions.tag(response, found.version)
    return found


@suggestions.post("/{int:suggestion_id}/answer", response={204: None}, summary="Answer a suggestion")
@needs_version
@needs(ANSWER_STAFF)
def answer_suggestion(request: HttpRequest, suggestion_id: Id, given: shapes.SuggestionAnswer) -> None:
    """Or say that it is done, and in which record."""
    with on_version():
        suggestion_actions.answer(
            actor=actor_of(request),
            suggestion_id=suggestion_id,
            state=given.state,
            answer=given.answer,
            done=given.done,
            done_in=_ref(given.done_kind, given.done_id),
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
        )


@consultations.get("", response=Page[shapes.ConsultationItem], summary="List consultations")
@needs(READ_STANDARDS)
def list_consultations(request: HttpRequest, asked: Query[shapes.PageQuery]) -> Any:
    """Newest first."""
    rows, cursor = queries.consultations(
        actor=actor_of(request), on=clock.day_of(clock.now()), cursor=asked.after, limit=asked.limit
    )
    return page_of(request, rows, cursor)


@consultations.post("", response={201: Made}, summary="Consult the staff")
@needs(ANSWER_STAFF)
def consult(request: HttpRequest, given: shapes.ConsultationGiven) -> Any:
    """Before it is decided."""
    return {"id": consultation_actions.consult(actor=actor_of(request), **given.model_dump(), now=clock.now())}


@consultations.get("/{int:consultation_id}", response=shapes.Consultation, summary="Read a consultation")
@needs(READ_STANDARDS)
def read_consultation(request: HttpRequest, response: HttpResponse, consultation_id: Id) -> Any:
    """With everything that was said."""
    row, said = queries.consultation(
        actor=actor_of(request), consultation_id=consultation_id, on=clock.day_of(clock.now())
    )
    versions.tag(response, row.version)
    return shapes.ConsultationItem.model_validate(row).model_dump() | {"said": list(said)}


@consultations.post("/{int:consultation_id}/views", response={201: Made}, summary="Say what you think of a proposal")
@needs(READ_STANDARDS)
def speak(request: HttpRequest, consultation_id: Id, given: shapes.ViewGiven) -> Any:
    """While it is open; you are told what is made of it."""
    made = consultation_actions.speak(
        actor=actor_of(request), consultation_id=consultation_id, text=given.text, now=clock.now()
    )
    return {"id": made}


@consultations.post("/{int:consultation_id}/response", response={204: None}, summary="Respond to what was said")
@needs_version
@needs(ANSWER_STAFF)
def respond(request: HttpRequest, consultation_id: Id, given: shapes.ResponseGiven) -> None:
    """It closes, and everybody who spoke is told."""
    with on_version():
        consultation_actions.respond(
            actor=actor_of(request),
            consultation_id=consultation_id,
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
            **given.model_dump(),
        )


@pulses.get("", response=Page[shapes.PulseItem], summary="List pulses")
@needs(READ_STANDARDS)
def list_pulses(request: HttpRequest, asked: Query[shapes.PageQuery]) -> Any:
    """How many were asked, and how many answered."""
    rows, cursor = pulse_queries.register(actor=actor_of(request), cursor=asked.after, limit=asked.limit)
    return page_of(request, rows, cursor)


@pulses.post("", response={201: Made}, summary="Ask the staff")
@needs(ANSWER_STAFF)
def open_pulse(request: HttpRequest, given: shapes.PulseOpened) -> Any:
    """One pulse is open at a time."""
    return {"id": pulse_actions.open_pulse(actor=actor_of(request), closes_on=given.closes_on, now=clock.now())}


@pulses.post("/{int:pulse_id}/answers", response={204: None}, summary="Answer a pulse")
@unremembered
@needs(READ_STANDARDS)
def answer_pulse(request: HttpRequest, pulse_id: Id, given: shapes.PulseScores) -> None:
    """Counted without you; it cannot be changed."""
    pulse_actions.answer(actor=actor_of(request), pulse_id=pulse_id, scores=given.model_dump(), now=clock.now())


@pulses.post("/{int:pulse_id}/close", response={204: None}, summary="Close a pulse")
@needs(ANSWER_STAFF)
def close_pulse(request: HttpRequest, pulse_id: Id) -> None:
    """From then on its results can be read."""
    pulse_actions.close(actor=actor_of(request), pulse_id=pulse_id, now=clock.now())


@pulses.get("/{int:pulse_id}/results", response=Items[shapes.GroupResult], summary="Read a pulse's results")
@needs(READ_STANDARDS)
def read_results(request: HttpRequest, pulse_id: Id, asked: Query[shapes.ResultQuery]) -> Any:
    """Of everybody and the teams you may know of; empty while it is open, withheld under six answers."""
    return items_of(
        pulse_queries.results(actor=actor_of(request), pulse_id=pulse_id, team_id=asked.team_id, item=asked.item)
    )


@schemes.get("", response=Page[shapes.SchemeItem], summary="List reward schemes")
@needs(READ_STANDARDS)
def list_schemes(request: HttpRequest, asked: Query[shapes.PageQuery]) -> Any:
    """With their rules, and what they came to."""
    rows, cursor = reward_queries.schemes(
        actor=actor_of(request), on=clock.day_of(clock.now()), cursor=asked.after, limit=asked.limit
    )
    return page_of(request, rows, cursor)


@schemes.post("", response={201: Made}, summary="Set up a reward scheme")
@needs(EDIT_PLANS)
def set_up_scheme(request: HttpRequest, given: shapes.SchemeGiven) -> Any:
    """All staff can read its rules."""
    made = rewards.set_up_scheme(actor=actor_of(request), given=SchemeGiven(**given.model_dump()), now=clock.now())
    return {"id": made}


@schemes.post("/{int:scheme_id}/awards", response={201: Made}, summary="Reward a colleague")
@needs(EDIT_PLANS)
def give_award(request: HttpRequest, scheme_id: Id, given: shapes.AwardGiven) -> Any:
    """By the rules of the scheme, within its budget."""
    return {"id": rewards.award(actor=actor_of(request), scheme_id=scheme_id, **given.model_dump(), now=clock.now())}


@schemes.post("/{int:scheme_id}/evaluation", response={204: None}, summary="Evaluate a reward scheme")
@needs_version
@needs(EDIT_PLANS)
def evaluate_scheme(request: HttpRequest, scheme_id: Id, given: shapes.EvaluationGiven) -> None:
    """Held against the criterion it was set up with."""
    with on_version():
        rewards.evaluate(
            actor=actor_of(request),
            scheme_id=scheme_id,
            version=request.given_version,  # type: ignore[attr-defined]
            now=clock.now(),
            **given.model_dump(),
        )


@events.get("", response=Page[shapes.EventItem], summary="List team events")
@needs(READ_STANDARDS)
def list_events(request: HttpRequest, asked: Query[shapes.PageQuery]) -> Any:
    """Of your teams, the latest first."""
    rows, cursor = reward_queries.events(actor=actor_of(request), cursor=asked.after, limit=asked.limit)
    return page_of(request, rows, cursor)


@events.post("", response={201: Made}, summary="Plan a team event")
@needs(EDIT_PEOPLE)
def plan_event(request: HttpRequest, given: shapes.EventGiven) -> Any:
    """Everybody in the team is asked."""
    return {"id": team_events.plan(actor=actor_of(request), **given.model_dump(), now=clock.now())}


@behaviours.get("", response=Items[shapes.Behaviour], summary="List behaviours")
@needs(READ_STANDARDS)
def list_behaviours(request: HttpRequest) -> Any:
    """What the values in force look like on a working day."""
    return items_of(behaviour_queries.current(actor=actor_of(request)))


@behaviours.post("", response={201: Made}, summary="Name a behaviour")
@needs(EDIT_STANDARDS)
def add_behaviour(request: HttpRequest, given: shapes.BehaviourGiven) -> Any:
    """Under a value in force."""
    return {"id": behaviour_actions.add(actor=actor_of(request), **given.model_dump(), now=clock.now())}


@behaviours.post("/{int:behaviour_id}/retire", response={204: None}, summary="Retire a behaviour")
@needs(EDIT_STANDARDS)
def retire_behaviour(request: HttpRequest, behaviour_id: Id) -> None:
    """What was seen of it stays."""
    behaviour_actions.retire(actor=actor_of(request), behaviour_id=behaviour_id, now=clock.now())
