from django.urls import path

from reports.views import documents, evidence, home, log, periods, reading, work, writing

urlpatterns = [
    path("", home.home, name="home"),
    path("plans/<int:pk>/recipients.pdf", documents.print_recipients, name="print-recipients"),
    path("plans/<int:pk>/periods/", periods.list_periods, name="list-periods"),
    path("plans/<int:pk>/periods/open/", periods.open_period, name="open-period"),
    path("periods/<int:pk>/", periods.show_period, name="show-period"),
    path("periods/<int:pk>/edit/", periods.edit_period, name="edit-period"),
    path("periods/<int:pk>/remove/", periods.remove_period, name="remove-period"),
    path("periods/<int:pk>/ask/", periods.ask_units, name="ask-units"),
    path("obligations/<int:pk>/extend/", periods.extend_obligation, name="extend-obligation"),
    path("obligations/<int:pk>/start/", writing.start_report, name="start-report"),
    path("reports/<int:pk>/", reading.show_report, name="show-report"),
    path("reports/<int:pk>/edit/", writing.edit_report, name="edit-report"),
    path("reports/<int:pk>/keep/", writing.keep_report, name="keep-report"),
    path("reports/<int:pk>/check/", writing.check_report, name="check-report"),
    path("reports/<int:pk>/submit/", writing.submit_report, name="submit-report"),
    path("reports/<int:pk>/withdraw/", writing.withdraw_report, name="withdraw-report"),
    path("reports/<int:pk>/discard/", writing.discard_report, name="discard-report"),
    path("reports/<int:pk>/revise/", writing.revise_report, name="revise-report"),
    path("reports/<int:pk>/evidence/", evidence.attach_evidence, name="attach-evidence"),
    path("evidence/<int:pk>/", evidence.show_evidence, name="show-evidence"),
    path("evidence/<int:pk>/remove/", evidence.remove_evidence, name="remove-evidence"),
    path("assignments/<int:pk>/log/", log.log_progress, name="log-progress"),
    path("tasks/<int:pk>/", work.show_task, name="show-task"),
    path("units/<int:pk>/", work.show_unit, name="show-unit"),
]
