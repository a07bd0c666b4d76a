"""Fence off overtaken imports, and let a watched folder name its time zone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_initial")]

    operations = [
        migrations.AddField("importrun", "attempt", models.PositiveIntegerField(default=0)),
        migrations.AddField("watch", "time_zone", models.CharField(default="UTC", max_length=64)),
    ]
