from django.db import migrations, models

from units.folding import searchable


def fill(apps, schema_editor):
    Plan, LegalBasis = (apps.get_model("plans", name) for name in ("Plan", "LegalBasis"))
    plans, bases = list(Plan.objects.all()), list(LegalBasis.objects.all())
    for plan in plans:
        plan.folded = searchable(f"{plan.number} {plan.title}", plan.issuer)
    for basis in bases:
        basis.folded = searchable(basis.number, basis.text)
    Plan.objects.bulk_update(plans, ["folded"], batch_size=100)
    LegalBasis.objects.bulk_update(bases, ["folded"], batch_size=100)


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]
    operations = [
        migrations.AddField("legalbasis", "folded", models.TextField(default="", editable=False)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
