from django.db import migrations, models

from units.folding import searchable

BATCH = 100


def fill(apps, schema_editor):
    """Accepted reports too: no guard stands while migrations run (`reports.guards`)."""
    ProgressReport, Proposal = (apps.get_model("reports", name) for name in ("ProgressReport", "Proposal"))
    reports = ProgressReport.objects.select_related("unit", "period").prefetch_related("entries")
    for report in reports.order_by("pk").iterator(chunk_size=BATCH):
        names = f"{report.unit.short_name} {report.period.name if report.period else ''}"
        entries = sorted(report.entries.all(), key=lambda entry: (entry.position, entry.pk))
        said = [text for entry in entries for text in (entry.title, entry.result)]
        report.folded = searchable(names, report.overview, report.difficulties, report.next_steps, *said)
        report.save(update_fields=["folded"])
    for proposal in Proposal.objects.select_related("report__unit").order_by("pk").iterator(chunk_size=BATCH):
        proposal.folded = searchable(proposal.text, proposal.addressee, proposal.report.unit.short_name)
        proposal.save(update_fields=["folded"])


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0002_searchable"),
        ("reports", "0003_answers"),
        ("tasks", "0003_searchable"),
        ("units", "0002_searchable"),
    ]
    operations = [
        migrations.AddField("progressreport", "folded", models.TextField(default="", editable=False)),
        migrations.AddField("proposal", "folded", models.TextField(default="", editable=False)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
