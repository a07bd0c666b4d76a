"""What the desk can be asked; one module for each part of the page."""

from wellserved.apps.desk.queries.conversation import drafts, explain_clock, number_of, presence, ticket
from wellserved.apps.desk.queries.facts import ticket_facts
from wellserved.apps.desk.queries.lists import inbox, view_counts
from wellserved.apps.desk.queries.offers import choices, eligible, saved_views
from wellserved.apps.desk.queries.portal import file_by_link, link_for, portal_ticket, portal_tickets, ticket_by_link
from wellserved.apps.desk.queries.preview import preview_policy
from wellserved.apps.desk.queries.requesters import customer, customers, promises
from wellserved.apps.desk.queries.scope import visible_tickets
from wellserved.apps.desk.queries.story import timeline
from wellserved.apps.desk.queries.today import attention, promise_summary

__all__ = [
    "attention",
    "choices",
    "customer",
    "customers",
    "drafts",
    "eligible",
    "explain_clock",
    "file_by_link",
    "inbox",
    "link_for",
    "number_of",
    "portal_ticket",
    "portal_tickets",
    "presence",
    "preview_policy",
    "promise_summary",
    "promises",
    "saved_views",
    "ticket",
    "ticket_by_link",
    "ticket_facts",
    "timeline",
    "view_counts",
    "visible_tickets",
]
