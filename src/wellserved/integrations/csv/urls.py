"""Routes of the import wizard."""

from django.urls import path

from wellserved.integrations.csv import views

app_name = "imports"

urlpatterns = [
    path("import", views.imports, name="imports"),
    path("import/new", views.upload, name="upload"),
    path("import/watch", views.add_watch, name="add_watch"),
    path("import/watch/<int:watch_id>/stop", views.stop_watch, name="stop_watch"),
    path("import/<int:run_id>", views.show, name="show"),
    path("import/<int:run_id>/mapping", views.save_mapping, name="save_mapping"),
    path("import/<int:run_id>/mapping-file", views.mapping_file, name="mapping_file"),
    path("import/<int:run_id>/mapping.json", views.download_mapping, name="download_mapping"),
    path("import/<int:run_id>/rejected.csv", views.rejected, name="rejected"),
    path("import/<int:run_id>/progress", views.progress, name="progress"),
    path("import/<int:run_id>/start", views.start, name="start"),
    path("import/<int:run_id>/discard", views.discard, name="discard"),
    path("import/<int:run_id>/undo", views.undo, name="undo"),
]
