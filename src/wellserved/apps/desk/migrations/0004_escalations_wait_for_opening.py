"""Late escalations wait for the hours of their calendar, and some are told by mail too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0003_open_tickets")]

    operations = [
        migrations.AddField(
            model_name="escalation", name="held_until", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="escalation", name="how", field=models.CharField(default="screen", max_length=8)
        ),
    ]
