"""The desk's routes."""

from django.urls import path

from wellserved.apps.desk.views import conversation, customers, inbox, intake, moves

app_name = "desk"
urlpatterns = [
    path("inbox", inbox.page, name="inbox"),
    path("inbox/new", intake.page, name="new"),
    path("inbox/bulk", inbox.change_many, name="bulk"),
    path("inbox/views", inbox.save_view, name="save_view"),
    path("inbox/views/<int:view_id>/remove", inbox.forget_view, name="forget_view"),
    path("c/<int:number>", conversation.page, name="conversation"),
    path("c/<int:number>/thread", conversation.thread, name="thread"),
    path("c/<int:number>/clock/<slug:metric>/<int:cycle>", conversation.clock_page, name="clock"),
    path("c/<int:number>/write", moves.write, name="write"),
    path("c/<int:number>/move", moves.move, name="move"),
    path("c/<int:number>/assign", moves.assign, name="assign"),
    path("c/<int:number>/priority", moves.prioritise, name="prioritise"),
    path("c/<int:number>/facts", moves.correct, name="correct"),
    path("c/<int:number>/promises", moves.promise, name="promise"),
    path("c/<int:number>/promises/<int:promise_id>", moves.settle, name="settle"),
    path("c/<int:number>/draft", moves.draft, name="draft"),
    path("c/<int:number>/presence", moves.presence, name="presence"),
    path("customers", customers.directory, name="customers"),
    path("customers/new", customers.edit, name="customer_new"),
    path("customers/<int:customer_id>", customers.page, name="customer"),
    path("customers/<int:customer_id>/edit", customers.edit, name="customer_edit"),
]
