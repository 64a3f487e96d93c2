import re

from django.db import migrations

from units.folding import searchable

BATCH = 100
QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}
QUARTER = re.compile(r"(quý) (I{1,3}|IV)\b(.*)", re.IGNORECASE)


def with_more(folded, name):
    """More of the name before what stands there with the names of its day."""
    lines = zip(searchable(name).split("\n"), folded.split("\n"), strict=True)
    return "\n".join(f" {' '.join(f'{more} {there}'.split())} " for more, there in lines)


def fill(apps, schema_editor):
    """Accepted reports too: no guard stands while migrations run (`reports.guards`)."""
    ProgressReport, Proposal = (apps.get_model("reports", name) for name in ("ProgressReport", "Proposal"))
    reports = ProgressReport.objects.select_related("period").order_by("pk")
    for report in reports.iterator(chunk_size=BATCH):
        found = QUARTER.search(report.period.name) if report.period else None
        quarter = f"{found[1]} {QUARTERS[found[2].upper()]}{found[3]}" if found else ""
        difficulties = "khó khăn" if report.difficulties else ""
        report.folded = with_more(report.folded, f"báo cáo {quarter} {difficulties}")
        report.save(update_fields=["folded"])
    for proposal in Proposal.objects.order_by("pk").iterator(chunk_size=BATCH):
        proposal.folded = with_more(proposal.folded, "kiến nghị")
        proposal.save(update_fields=["folded"])


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_searchable")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
