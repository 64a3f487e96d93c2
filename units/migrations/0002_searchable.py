from django.db import migrations

from units.folding import searchable


def fill(apps, schema_editor):
    """Of what the same columns held so far, in the form that is looked through now."""
    Unit = apps.get_model("units", "Unit")
    units = list(Unit.objects.all())
    for unit in units:
        unit.folded = searchable(unit.short_name, unit.name, unit.code, unit.aliases)
    Unit.objects.bulk_update(units, ["folded"], batch_size=100)


class Migration(migrations.Migration):
    dependencies = [("units", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
