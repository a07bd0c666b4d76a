"""What people do at the desk; one module for each verb."""

from wellserved.apps.desk.actions.answering import Remedy, automatic_message, customer_message, note, reply
from wellserved.apps.desk.actions.assigning import assign
from wellserved.apps.desk.actions.catalogue import (
    save_customer,
    save_organisation,
    save_place,
    save_product,
    save_queue,
    tie_customer,
)
from wellserved.apps.desk.actions.clocks import rebuild_clocks
from wellserved.apps.desk.actions.editing import change_fields, change_priority
from wellserved.apps.desk.actions.escalating import fire_due, see_escalations
from wellserved.apps.desk.actions.moving import move
from wellserved.apps.desk.actions.opening import open_ticket
from wellserved.apps.desk.actions.portal import reply_by_link
from wellserved.apps.desk.actions.promising import make_promise, settle_promise
from wellserved.apps.desk.actions.workspace import discard_draft, remove_view, save_draft, save_view, touch_presence

__all__ = [
    "Remedy",
    "assign",
    "automatic_message",
    "change_fields",
    "change_priority",
    "customer_message",
    "discard_draft",
    "fire_due",
    "make_promise",
    "move",
    "note",
    "open_ticket",
    "rebuild_clocks",
    "remove_view",
    "reply",
    "reply_by_link",
    "save_customer",
    "save_draft",
    "save_organisation",
    "save_place",
    "save_product",
    "save_queue",
    "save_view",
    "see_escalations",
    "settle_promise",
    "tie_customer",
    "touch_presence",
]
