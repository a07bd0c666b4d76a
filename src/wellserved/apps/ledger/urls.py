"""Addresses of the ledger."""

from django.urls import path

from wellserved.apps.ledger.views import approvals, discussion, history, live, standpoints

app_name = "ledger"
urlpatterns = [
    path("history", history.history, name="history"),
    path("history.csv", history.export, name="export"),
    path("history/verify", history.verify, name="verify"),
    path("approvals", approvals.approvals, name="approvals"),
    path("approvals/<int:approval_id>", approvals.approval, name="approval"),
    path("approvals/<int:approval_id>/decide", approvals.decide, name="decide"),
    path("approvals/<int:approval_id>/withdraw", approvals.withdraw, name="withdraw"),
    path("mentions", discussion.mentions, name="mentions"),
    path("mentions/seen", discussion.see_mentions, name="see_mentions"),
    path("comments/<str:kind>/<int:subject_id>", discussion.comment, name="comment"),
    path("views/<str:kind>/<int:subject_id>", standpoints.gather, name="gather_standpoint"),
    path("views/<int:standpoint_id>/answer", standpoints.answer, name="answer_standpoint"),
    path("files/<str:kind>/<int:subject_id>", discussion.attach, name="attach"),
    path("files/<int:file_id>", discussion.file, name="file"),
    path("files/signed/<str:token>", discussion.signed_file, name="signed_file"),
    path("live", live.live, name="live"),
]
