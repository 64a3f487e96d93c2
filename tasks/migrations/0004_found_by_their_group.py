from django.db import migrations

from units.folding import searchable


def fill(apps, schema_editor):
    Task = apps.get_model("tasks", "Task")
    tasks = list(Task.objects.select_related("group"))
    for task in tasks:
        named = (task.lead_named, task.support_named, task.group.title)
        task.folded = searchable(task.title, task.text, task.product, *named)
    Task.objects.bulk_update(tasks, ["folded"], batch_size=100)


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_searchable"), ("tasks", "0003_searchable")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
