"""Customers, and what tickets refer to."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from wellserved.api.shapes.tickets import Named, Promise, TicketItem
from wellserved.api.shapes.wire import After, Given, Id, Limit, TimeZone, Told
from wellserved.apps.desk.types import Wish

Name = Annotated[str, Field(min_length=1, max_length=120)]


class CustomerQuery(Given):
    """How the list of customers is narrowed."""

    q: str = Field("", max_length=200, description="The beginning of a name or an address.")
    after: After | None = None
    limit: Limit = 50


class CustomerGiven(Given):
    """A customer, whole: a field that is left out takes its default."""

    name: str = Field(min_length=1, max_length=200)
    email: str = Field("", max_length=254)
    phone: str = Field("", max_length=40)
    organisation_id: Id | None = None
    is_internal: bool = False
    sees_organisation: bool = False
    time_zone: TimeZone = ""
    language: str = Field("", max_length=12)
    preferred_channel: Wish = Field(Wish.NONE, description="How she asks to be answered: email, phone, or no wish.")
    needs: str = Field("", max_length=300, description="What serves her well, such as large print.")
    note: str = Field("", max_length=500)


class OrganisationGiven(Given):
    """An organisation."""

    name: str = Field(min_length=1, max_length=200)
    is_internal: bool = False


class QueueGiven(Given):
    """A queue and the team that answers it; one without a team is every team's."""

    name: Name
    team_id: Id | None = None
    is_default: bool = False


class NameGiven(Given):
    """A name."""

    name: str = Field(min_length=1, max_length=160)


class CustomerItem(Told):
    """A customer as a list shows her."""

    id: int
    name: str
    email: str
    phone: str
    organisation: str
    is_internal: bool
    open_tickets: int


class Customer(Told):
    """A customer with the latest of her tickets."""

    id: int
    name: str
    email: str
    phone: str
    organisation_id: int | None
    organisation: str
    is_internal: bool
    sees_organisation: bool
    time_zone: str
    language: str
    preferred_channel: str
    needs: str
    note: str
    created_at: dt.datetime
    version: int
    origin: str
    open_tickets: int
    total_tickets: int
    tickets: list[TicketItem]
    promises: list[Promise]


class MergeGiven(Given):
    """The other card of the same person, and how that is known."""

    other_id: Id
    reason: str = Field(min_length=1, max_length=300)


class LikelySame(Told):
    """A card that may be the same person's, and why."""

    id: int
    name: str
    email: str
    why: list[str]


class Merge(Told):
    """One more address of a person, with how many tickets came with it."""

    id: int
    other_id: int
    name: str
    email: str
    tickets: int
    reason: str
    merged_by: str
    merged_at: dt.datetime


class Choices(Told):
    """What the fields of a ticket may refer to."""

    queues: list[Named]
    assignees: list[Named]
    products: list[Named]
    places: list[Named]
    tags: list[Named]
