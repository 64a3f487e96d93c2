from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0002_searchable"),
        ("units", "0004_newest_of_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="historicalimportdraft",
            index=models.Index(fields=["id", "history_date", "history_id"], name="importdraft_newest"),
        ),
        migrations.AddIndex(
            model_name="historicallegalbasis",
            index=models.Index(fields=["id", "history_date", "history_id"], name="legalbasis_newest"),
        ),
        migrations.AddIndex(
            model_name="historicalplan",
            index=models.Index(fields=["id", "history_date", "history_id"], name="plan_newest"),
        ),
        migrations.AddIndex(
            model_name="historicalrecipient",
            index=models.Index(fields=["id", "history_date", "history_id"], name="recipient_newest"),
        ),
        migrations.AddIndex(
            model_name="historicaltaskgroup",
            index=models.Index(fields=["id", "history_date", "history_id"], name="taskgroup_newest"),
        ),
    ]
