from django.db import migrations, models

from units.folding import searchable


def fill(apps, schema_editor):
    Task = apps.get_model("tasks", "Task")
    tasks = list(Task.objects.all())
    for task in tasks:
        named = (task.lead_named, task.support_named)
        task.folded = searchable(task.title, task.text, task.product, *named)
    Task.objects.bulk_update(tasks, ["folded"], batch_size=100)


class Migration(migrations.Migration):
    dependencies = [("tasks", "0002_indicators_and_ended_assignments")]
    operations = [
        migrations.AddField("task", "folded", models.TextField(default="", editable=False)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
