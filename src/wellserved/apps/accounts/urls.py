"""Routes of the app; those of sign-in itself are allauth's."""

from django.urls import path

from wellserved.apps.accounts import views

app_name = "accounts"

urlpatterns = [
    path("invitations/<str:token>", views.accept_invitation, name="accept_invitation"),
    path("me", views.me, name="me"),
    path("me/keys", views.save_keys, name="keys"),
    path("me/sessions", views.end_sessions, name="end_sessions"),
    path("me/tokens", views.create_token, name="create_token"),
    path("me/tokens/<int:token_id>/revoke", views.revoke_token, name="revoke_token"),
    path("people/invite", views.invite, name="invite"),
    path("people/invitations/<int:invitation_id>/withdraw", views.withdraw_invitation, name="withdraw_invitation"),
    path("people/<int:user_id>/role", views.change_role, name="change_role"),
    path("people/<int:user_id>/access", views.change_access, name="change_access"),
    path("settings/teams", views.teams, name="teams"),
    path("settings/teams/<int:team_id>", views.rename_team, name="rename_team"),
    path("settings/teams/<int:team_id>/members", views.add_member, name="add_member"),
    path("settings/teams/<int:team_id>/members/remove", views.remove_member, name="remove_member"),
]
