"""Routes of the app."""

from django.urls import path

from wellserved.apps.people.views import adjustments, candidates, roles, skills, staff

app_name = "people"

urlpatterns = [
    path("people", staff.people, name="people"),
    path("people/skills", skills.skills, name="skills"),
    path("people/skills/export.csv", skills.export, name="skills_export"),
    path("people/skills/add", skills.add_skill, name="add_skill"),
    path("people/skills/set", skills.set_skill, name="set_skill"),
    path("people/skills/<int:skill_id>", skills.skill, name="skill"),
    path("people/skills/<int:skill_id>/describe", skills.describe, name="describe_skill"),
    path("people/roles", roles.register, name="roles"),
    path("people/roles/new", roles.new, name="role_new"),
    path("people/roles/<int:role_id>", roles.page, name="role"),
    path("people/roles/<int:role_id>/write/<slug:part>", roles.part, name="role_part"),
    path("people/roles/<int:role_id>/publish", roles.publish, name="role_publish"),
    path("people/roles/<int:role_id>/drop", roles.drop, name="role_drop"),
    path("people/roles/<int:role_id>/retire", roles.retire, name="role_retire"),
    path("people/roles/<int:role_id>/print", roles.print_page, name="role_print"),
    path("people/roles/<int:role_id>/give", roles.give, name="role_give"),
    path("people/roles/<int:role_id>/candidates", candidates.add, name="candidate_add"),
    path("people/holders/<int:holder_id>/end", roles.end, name="role_end"),
    path("people/induction/<int:task_id>/done", roles.finish_step, name="induction_done"),
    path("people/candidates/<int:candidate_id>", candidates.page, name="candidate"),
    path("people/candidates/<int:candidate_id>/decide", candidates.decide, name="candidate_decide"),
    path("people/authority", staff.authority, name="authority"),
    path("people/authority/set", staff.set_limit, name="set_limit"),
    path("people/authority/<int:limit_id>/remove", staff.remove_limit, name="remove_limit"),
    path("learning", staff.learning, name="learning"),
    path("learning/<slug:key>/understood", staff.learn, name="learn"),
    path("acknowledge", staff.acknowledge, name="acknowledge"),
    path("people/<int:user_id>", staff.profile, name="profile"),
    path("people/<int:user_id>/edit", staff.save_profile, name="save_profile"),
    path("people/<int:user_id>/availability", staff.set_availability, name="set_availability"),
    path("people/<int:user_id>/adjustments", adjustments.agree, name="adjust"),
    path("people/adjustments/<int:adjustment_id>/end", adjustments.end, name="adjustment_end"),
]
