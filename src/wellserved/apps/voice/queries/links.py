"""The signed links of a survey: one for each score, good for 30 days, saying nothing of whom they were sent to."""

import datetime as dt

from wellserved.apps.voice import types
from wellserved.apps.voice.models import Invitation, Silence, SurveyVersion
from wellserved.apps.voice.queries import surveys
from wellserved.platform.links import Link

_LINK = Link(salt="voice.survey", days=types.DAYS_OPEN, way_on="Write to us and we hear you all the same.")
NO_SCORE = 99


def link_for(*, invitation_id: int, score: int = NO_SCORE, now: dt.datetime) -> str:
    """Return the signed token of one score, or of none."""
    return _LINK.sign(invitation_id, score, now=now)


def over() -> Exception:
    """Return the one refusal of every link that opens nothing."""
    return _LINK.over()


def read_link(*, token: str, now: dt.datetime) -> tuple[int, int | None]:
    """Return the invitation and the score a link names."""
    try:
        invitation_id, score = _LINK.read(token, now=now)
    except (TypeError, ValueError) as bad:
        raise _LINK.over() from bad
    return invitation_id, None if score == NO_SCORE else score


def open_link(*, token: str, now: dt.datetime) -> tuple[Invitation, int | None]:
    """Return the invitation a link is for while its survey takes answers; for this app alone. One query."""
    invitation_id, score = read_link(token=token, now=now)
    row = Invitation.objects.select_related("survey").filter(pk=invitation_id, state="asked").first()
    if row is None or row.survey.state in ("draft", "ended"):
        raise _LINK.over()
    return row, score


def asked_by_link(*, token: str, now: dt.datetime) -> types.Asked:
    """Return what the holder of a link is asked. Three queries."""
    row, wanted = open_link(token=token, now=now)
    wording = SurveyVersion.objects.get(survey=row.survey_id, number=row.number)
    low, high = types.SCALES[row.survey.kind]
    answers = {key: str(value) for key, value in row.answers.items()}
    return types.Asked(
        lead=wording.lead,
        ends=types.ENDS[row.survey.kind],
        scale=tuple(range(low, high + 1)),
        wanted=wanted,
        score=row.score,
        questions=shown(surveys.questions_of(wording), score=row.score, answers=answers),
        answers=answers,
        wants_call=row.wants_call,
        is_finished=row.finished_at is not None,
        is_silent=Silence.objects.filter(customer=row.customer_id).exists(),
    )


def shown(
    questions: tuple[types.Question, ...], *, score: int | None, answers: dict[str, str]
) -> tuple[types.Question, ...]:
    """Return the questions whose condition holds for what was answered so far."""
    return tuple(each for each in questions if score is not None and _holds(each.when, score, answers))


def _holds(when: dict[str, object] | None, score: int, answers: dict[str, str]) -> bool:
    if not when:
        return True
    value = str(when["value"])
    if when["is"] == "at_most":
        return score <= int(value)
    if when["is"] == "at_least":
        return score >= int(value)
    return answers.get(str(when["key"]), "").strip().lower() == value.strip().lower()
