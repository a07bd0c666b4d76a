"""Routes of the composition layer: Today, the frame, standards with their figures, settings, portal."""

from django.urls import path

from wellserved.web import frame, palette, portal, settings_pages, standards_pages, today

app_name = "web"
urlpatterns = [
    path("", today.page, name="today"),
    path("today/live", today.live, name="today_live"),
    path("palette", palette.answer, name="palette"),
    path("theme", frame.choose_theme, name="theme"),
    path("world", frame.choose_world, name="world"),
    path("docs/errors", frame.error_codes, name="errors"),
    path("standards", standards_pages.overview, name="standards"),
    path("standards/begin", standards_pages.begin, name="standards_begin"),
    path("standards/dry-run", standards_pages.dry_run, name="dry_run"),
    path("standards/policies/new", standards_pages.policy, name="policy_new"),
    path("standards/policies/<int:policy_id>", standards_pages.policy, name="policy"),
    path("standards/policies/<int:policy_id>/move", standards_pages.move_policy, name="policy_move"),
    path("standards/policies/<int:policy_id>/retire", standards_pages.retire_policy, name="policy_retire"),
    path("settings", settings_pages.page, name="settings"),
    path("settings/lists/<slug:name>", settings_pages.show_list, name="list"),
    path("settings/lists/<slug:name>/save", settings_pages.save_entry, name="list_save"),
    path("help", portal.ask, name="help"),
    path("help/mine", portal.mine, name="help_mine"),
    path("help/mine/ask", portal.ask_mine, name="help_ask_mine"),
    path("help/mine/<int:number>", portal.one, name="help_one"),
    path("help/r/<str:token>", portal.follow, name="help_follow"),
    path("help/r/<str:token>/files/<int:file_id>", portal.file, name="help_file"),
]
