from django.db import migrations


def fail(apps, schema_editor):
    raise ZeroDivisionError


class Migration(migrations.Migration):
    dependencies = [("reports", "9001_change_every_table")]
    operations = [migrations.RunPython(fail, migrations.RunPython.noop)]
