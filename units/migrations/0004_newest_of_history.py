from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("units", "0003_letterheads_and_signers"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="historicalletterhead",
            index=models.Index(fields=["id", "history_date", "history_id"], name="letterhead_newest"),
        ),
        migrations.AddIndex(
            model_name="historicalsigner",
            index=models.Index(fields=["id", "history_date", "history_id"], name="signer_newest"),
        ),
        migrations.AddIndex(
            model_name="historicalsuccession",
            index=models.Index(fields=["id", "history_date", "history_id"], name="succession_newest"),
        ),
        migrations.AddIndex(
            model_name="historicalunit",
            index=models.Index(fields=["id", "history_date", "history_id"], name="unit_newest"),
        ),
        migrations.AddIndex(
            model_name="historicaluser",
            index=models.Index(fields=["id", "history_date", "history_id"], name="user_newest"),
        ),
    ]
