"""What a web worker carries from its start: whatever typesets papers is the press' own."""

import subprocess
import sys

STARTED = """
import sys
import config.wsgi
from django.template.loader import get_template
from django.urls import get_resolver
get_resolver().url_patterns
get_template("reports/choose_document.html")
get_template("reports/show_matrix.html")
print(*sys.modules)
"""
TYPESETTERS = ("openpyxl", "weasyprint", "pydyf", "reports.documents.rendering", "reports.press.press")


def test_a_web_worker_loads_nothing_that_makes_papers():
    done = subprocess.run([sys.executable, "-c", STARTED], capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "reports.press.desk" in loaded
    assert [part for part in TYPESETTERS if part in loaded] == []
