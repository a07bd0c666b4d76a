"""Routes of the app."""

from django.urls import path

from wellserved.apps.people import views

app_name = "people"

urlpatterns = [
    path("people", views.people, name="people"),
    path("people/skills", views.skills, name="skills"),
    path("people/skills/add", views.add_skill, name="add_skill"),
    path("people/skills/set", views.set_skill, name="set_skill"),
    path("people/authority", views.authority, name="authority"),
    path("people/authority/set", views.set_limit, name="set_limit"),
    path("people/authority/<int:limit_id>/remove", views.remove_limit, name="remove_limit"),
    path("people/<int:user_id>", views.profile, name="profile"),
    path("people/<int:user_id>/edit", views.save_profile, name="save_profile"),
    path("people/<int:user_id>/availability", views.set_availability, name="set_availability"),
]
