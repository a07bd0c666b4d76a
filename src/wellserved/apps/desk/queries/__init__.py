"""What the desk can be asked; one module for each part of the page."""

from wellserved.apps.desk.queries.conversation import drafts, explain_clock, id_of, number_of, presence, ticket
from wellserved.apps.desk.queries.escalations import escalations, ticket_escalations
from wellserved.apps.desk.queries.facts import ticket_facts
from wellserved.apps.desk.queries.forgetting import forgettable
from wellserved.apps.desk.queries.identity import likely_same, merges
from wellserved.apps.desk.queries.lists import counts_of, inbox, matching, named, news, view_count, view_counts
from wellserved.apps.desk.queries.mail import letters
from wellserved.apps.desk.queries.names import tags
from wellserved.apps.desk.queries.offers import choices, conditions, eligible, saved_views
from wellserved.apps.desk.queries.organisations import organisation, organisations
from wellserved.apps.desk.queries.portal import file_by_link, link_for, portal_ticket, portal_tickets, ticket_by_link
from wellserved.apps.desk.queries.preview import preview_policy
from wellserved.apps.desk.queries.requesters import customer, customers, promises
from wellserved.apps.desk.queries.scope import visible_tickets
from wellserved.apps.desk.queries.story import timeline
from wellserved.apps.desk.queries.teamwork import collaborators, latest_solutions, solutions
from wellserved.apps.desk.queries.today import attention, promise_summary

__all__ = [
    "attention",
    "choices",
    "collaborators",
    "conditions",
    "counts_of",
    "customer",
    "customers",
    "drafts",
    "eligible",
    "escalations",
    "explain_clock",
    "file_by_link",
    "forgettable",
    "id_of",
    "inbox",
    "latest_solutions",
    "letters",
    "likely_same",
    "link_for",
    "matching",
    "merges",
    "named",
    "news",
    "number_of",
    "organisation",
    "organisations",
    "portal_ticket",
    "portal_tickets",
    "presence",
    "preview_policy",
    "promise_summary",
    "promises",
    "saved_views",
    "solutions",
    "tags",
    "ticket",
    "ticket_by_link",
    "ticket_escalations",
    "ticket_facts",
    "timeline",
    "view_count",
    "view_counts",
    "visible_tickets",
]
