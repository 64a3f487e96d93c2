"""What no list of rows is faster than: as many rows by one query, in two ways; and no log: one row committed.

They run on the product's server, but nobody is signed in, no day is asked for, nothing is counted or checked.
"""

from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from django.utils import timezone
from django.utils.html import escape
from django.views.decorators.csrf import csrf_exempt

from reports.models import ProgressEntry
from reports.views.state import ROWS_A_PAGE

TEMPLATE = engines["django"].from_string("""<!DOCTYPE html><html lang="vi"><title>Floor</title><table>
{% for entry in entries %}<tr><td>{{ entry.number }}</td><td>{{ entry.assignment.task.title }}</td>
<td>{{ entry.assignment.unit.short_name }}</td><td>{{ entry.assignment.role }}</td>
<td>{{ entry.assignment.task.due_on }}</td><td>{{ entry.status }}</td><td>{{ entry.percent }}</td></tr>
{% endfor %}</table></html>""")

ROWS = """
SELECT entry.number, task.title, unit.short_name, assignment.role, task.due_on, entry.status, entry.percent
FROM reports_progressentry entry
JOIN tasks_assignment assignment ON assignment.id = entry.assignment_id
JOIN tasks_task task ON task.id = assignment.task_id
JOIN units_unit unit ON unit.id = assignment.unit_id
WHERE entry.status = %s ORDER BY entry.id LIMIT %s
"""


@login_not_required
def by_template(request: HttpRequest) -> HttpResponse:
    entries = ProgressEntry.objects.filter(status="in_progress").order_by("pk")
    entries = entries.select_related("assignment__task", "assignment__unit")[:ROWS_A_PAGE]
    return HttpResponse(TEMPLATE.render({"entries": entries}))


@login_not_required
def by_string(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(ROWS, ["in_progress", ROWS_A_PAGE])
        rows = "\n".join(
            f"<tr><td>{number}</td><td>{escape(title)}</td><td>{escape(unit)}</td><td>{role}</td>"
            f"<td>{due_on}</td><td>{status}</td><td>{percent}</td></tr>"
            for number, title, unit, role, due_on, status, percent in cursor.fetchall()
        )
    return HttpResponse(f'<!DOCTYPE html><html lang="vi"><title>Floor</title><table>\n{rows}</table></html>')


@csrf_exempt
@login_not_required
def write(request: HttpRequest) -> HttpResponse:
    """A row of the size of a small session."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_session (session_key, session_data, expire_date) VALUES (%s, %s, %s)",
            [uuid4().hex, "x" * 200, timezone.now()],
        )
    return HttpResponse("written")


urlpatterns = [
    path("floor/write/", write),
    path("floor/template/", by_template),
    path("floor/string/", by_string),
    path("", include("config.urls")),
]
