from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0003_newest_of_history"),
        ("reports", "0006_signatures_of_evidence"),
        ("tasks", "0005_newest_of_history"),
        ("units", "0004_newest_of_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="historicalanswer",
            index=models.Index(fields=["id", "history_date", "history_id"], name="answer_newest"),
        ),
        migrations.AddIndex(
            model_name="historicalattachment",
            index=models.Index(fields=["id", "history_date", "history_id"], name="attachment_newest"),
        ),
        migrations.AddIndex(
            model_name="historicalindicatorvalue",
            index=models.Index(fields=["id", "history_date", "history_id"], name="indicatorvalue_newest"),
        ),
        migrations.AddIndex(
            model_name="historicalobligation",
            index=models.Index(fields=["id", "history_date", "history_id"], name="obligation_newest"),
        ),
        migrations.AddIndex(
            model_name="historicalperiod",
            index=models.Index(fields=["id", "history_date", "history_id"], name="period_newest"),
        ),
        migrations.AddIndex(
            model_name="historicalprogressentry",
            index=models.Index(fields=["id", "history_date", "history_id"], name="progressentry_newest"),
        ),
        migrations.AddIndex(
            model_name="historicalprogressreport",
            index=models.Index(fields=["id", "history_date", "history_id"], name="progressreport_newest"),
        ),
        migrations.AddIndex(
            model_name="historicalproposal",
            index=models.Index(fields=["id", "history_date", "history_id"], name="proposal_newest"),
        ),
    ]
