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
from wellserved.apps.desk.actions.comfort import Ask, settle_comfort
from wellserved.apps.desk.actions.competence import set_queue_skills
from wellserved.apps.desk.actions.easing import answer_comfort
from wellserved.apps.desk.actions.editing import change_fields, change_priority, change_tags
from wellserved.apps.desk.actions.escalating import fire_due, see_escalations
from wellserved.apps.desk.actions.forgetting import forget_customer
from wellserved.apps.desk.actions.mailing import resend_mail, settle_mail
from wellserved.apps.desk.actions.merging import merge_customers, undo_merge
from wellserved.apps.desk.actions.moving import move
from wellserved.apps.desk.actions.noticing import leave_out, save_notice, send_notice, tell_due
from wellserved.apps.desk.actions.opening import open_ticket
from wellserved.apps.desk.actions.partnering import answer_partner, ask_partner
from wellserved.apps.desk.actions.portal import reply_by_link
from wellserved.apps.desk.actions.promising import make_promise, remind_promises, settle_promise
from wellserved.apps.desk.actions.taking_back import take_back_reply
from wellserved.apps.desk.actions.teamwork import ask_colleague, finish_help, share_solution, take_note
from wellserved.apps.desk.actions.undoing import undo
from wellserved.apps.desk.actions.updating import draft_update
from wellserved.apps.desk.actions.workspace import (
    discard_draft,
    keep_files,
    remove_view,
    save_draft,
    save_view,
    touch_presence,
)

__all__ = [
    "Ask",
    "Remedy",
    "answer_comfort",
    "answer_partner",
    "ask_colleague",
    "ask_partner",
    "assign",
    "automatic_message",
    "change_fields",
    "change_priority",
    "change_tags",
    "customer_message",
    "discard_draft",
    "draft_update",
    "finish_help",
    "fire_due",
    "forget_customer",
    "keep_files",
    "leave_out",
    "make_promise",
    "merge_customers",
    "move",
    "note",
    "open_ticket",
    "rebuild_clocks",
    "remind_promises",
    "remove_view",
    "reply",
    "reply_by_link",
    "resend_mail",
    "save_customer",
    "save_draft",
    "save_notice",
    "save_organisation",
    "save_place",
    "save_product",
    "save_queue",
    "save_view",
    "see_escalations",
    "send_notice",
    "set_queue_skills",
    "settle_comfort",
    "settle_mail",
    "settle_promise",
    "share_solution",
    "take_back_reply",
    "take_note",
    "tell_due",
    "tie_customer",
    "touch_presence",
    "undo",
    "undo_merge",
]
