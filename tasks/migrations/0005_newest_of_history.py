from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0003_newest_of_history"),
        ("tasks", "0004_found_by_their_group"),
        ("units", "0004_newest_of_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="historicalassignment",
            index=models.Index(fields=["id", "history_date", "history_id"], name="assignment_newest"),
        ),
        migrations.AddIndex(
            model_name="historicalindicator",
            index=models.Index(fields=["id", "history_date", "history_id"], name="indicator_newest"),
        ),
        migrations.AddIndex(
            model_name="historicaltask",
            index=models.Index(fields=["id", "history_date", "history_id"], name="task_newest"),
        ),
    ]
