"""Routes of the app."""

from django.urls import path

from wellserved.apps.voice.views import answer, heard, surveys

app_name = "voice"
urlpatterns = [
    path("help/survey/<str:token>", answer.answer, name="answer"),
    path("surveys", surveys.register, name="surveys"),
    path("surveys/new", surveys.new, name="survey_new"),
    path("surveys/<int:survey_id>", surveys.page, name="survey"),
    path("surveys/<int:survey_id>/design", surveys.design, name="design"),
    path("surveys/<int:survey_id>/questions", surveys.question_add, name="question_add"),
    path("surveys/<int:survey_id>/questions/remove", surveys.question_remove, name="question_remove"),
    path("surveys/<int:survey_id>/state", surveys.move, name="survey_move"),
    path("surveys/<int:survey_id>/dry-run", surveys.dry_run, name="dry_run"),
    path("follow-ups", heard.follow_ups, name="follow_ups"),
    path("follow-ups/<int:follow_up_id>", heard.follow_up, name="follow_up"),
    path("follow-ups/<int:follow_up_id>/owner", heard.hand_over, name="hand_over"),
    path("feedback", heard.feedback, name="feedback"),
    path("feedback/new", heard.feedback_new, name="feedback_new"),
    path("feedback/<int:feedback_id>", heard.feedback_one, name="feedback_one"),
]
