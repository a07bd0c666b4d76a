"""Working with others on a ticket."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from wellserved.api.shapes.wire import Given, Id, Told

Words = Annotated[str, Field(min_length=1, max_length=2000)]


class ColleagueAsked(Given):
    """A colleague who can see the ticket, and what she is asked to do."""

    user_id: Id
    ask: Words


class PartnerAsked(Given):
    """Somebody outside, asked by mail in these words alone."""

    name: str = Field(min_length=1, max_length=200)
    email: str = Field(min_length=3, max_length=254)
    organisation: str = Field("", max_length=200)
    ask: Words
    hand_over: str = Field("", max_length=80, description="The partner's word, when the ticket waits for her with it.")


class HelpFinished(Given):
    """What came of it."""

    contribution: Words


class Collaborator(Told):
    """Somebody asked to help: a colleague, or a service partner without `user_id`."""

    id: int
    user_id: int | None
    name: str
    email: str
    organisation: str
    ask: str
    asked_by: str
    asked_at: dt.datetime
    contribution: str
    done_at: dt.datetime | None


class SolutionGiven(Given):
    """The steps that solved a ticket."""

    text: Words


class Solution(Told):
    """The steps that solved a ticket, and who has read them."""

    id: int
    ticket_number: int
    subject: str
    text: str
    shared_by: str
    shared_at: dt.datetime
    read_by: list[str]
    is_new: bool
