from django.db import migrations, models

from tests.reports.later import NEWEST

NEW = models.CharField(max_length=5, default="1")
TABLES = ("progressreport", "progressentry", "indicatorvalue", "proposal", "attachment")


def change_what_was_accepted(apps, schema_editor):
    """A migration may; it is how a new column gets its value."""
    for table in TABLES:
        apps.get_model("reports", table).objects.update(added_later="2")


class Migration(migrations.Migration):
    dependencies = [("reports", NEWEST)]
    operations = [
        *(migrations.AddField(table, "added_later", NEW) for table in TABLES),
        migrations.AlterField("progressreport", "overview", models.CharField(max_length=5000, blank=True)),
        migrations.RenameField("proposal", "text", "wording"),
        migrations.RenameField("proposal", "wording", "text"),
        migrations.AlterModelTable("attachment", "reports_evidence"),
        migrations.AlterModelTable("attachment", "reports_attachment"),
        migrations.RunPython(change_what_was_accepted, migrations.RunPython.noop),
    ]
