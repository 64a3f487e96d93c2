from django.urls import path, register_converter
from django.urls.converters import StringConverter

from reports.documents.formats import Format
from reports.documents.kinds import Kind
from reports.views import (
    assignments,
    dashboard,
    documents,
    evidence,
    home,
    indicators,
    letterheads,
    log,
    papers,
    periods,
    reading,
    remarks,
    reporting,
    review,
    search,
    signatures,
    state,
    work,
    writing,
)


class KindConverter(StringConverter):
    regex = "|".join(Kind.values)

    def to_python(self, value: str) -> Kind:
        return Kind(value)


class FormatConverter(StringConverter):
    regex = "|".join(Format.values)

    def to_python(self, value: str) -> Format:
        return Format(value)


register_converter(KindConverter, "kind")
register_converter(FormatConverter, "format")

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("plans/<int:pk>/", dashboard.show_plan, name="show-plan"),
    path("plans/<int:pk>/assignments/", state.list_work, name="list-work"),
    path("plans/<int:pk>/matrix/", state.show_matrix, name="show-matrix"),
    path("plans/<int:pk>/matrix.xlsx", state.export_matrix, name="export-matrix"),
    path("assignments/<int:pk>/", assignments.show_assignment, name="show-assignment"),
    path("plans/<int:pk>/documents/", documents.choose_document, name="choose-document"),
    path(
        "plans/<int:pk>/documents/<kind:kind>.<format:format>",
        documents.print_document,
        name="print-document",
    ),
    path("reports/<int:pk>/document.<format:format>", documents.print_report, name="print-report"),
    path("papers/<str:token>/<str:name>", papers.show_paper, name="show-paper"),
    path("plans/<int:pk>/periods/", periods.list_periods, name="list-periods"),
    path("plans/<int:pk>/periods/open/", periods.open_period, name="open-period"),
    path("plans/<int:pk>/reporting/", reporting.show_reporting, name="show-reporting"),
    path("plans/<int:pk>/indicators/", indicators.show_indicators, name="show-indicators"),
    path("plans/<int:pk>/remarks/", remarks.list_remarks, name="list-remarks"),
    path("proposals/<int:pk>/answer/", remarks.answer_proposal, name="answer-proposal"),
    path("periods/<int:pk>/", periods.show_period, name="show-period"),
    path("periods/<int:pk>/edit/", periods.edit_period, name="edit-period"),
    path("periods/<int:pk>/remove/", periods.remove_period, name="remove-period"),
    path("periods/<int:pk>/ask/", periods.ask_units, name="ask-units"),
    path("obligations/<int:pk>/extend/", periods.extend_obligation, name="extend-obligation"),
    path("obligations/<int:pk>/start/", writing.start_report, name="start-report"),
    path("reports/<int:pk>/", reading.show_report, name="show-report"),
    path("reports/<int:pk>/history/", reading.show_report_history, name="show-report-history"),
    path("reports/review/", review.review_reports, name="review-reports"),
    path("reports/accept/", review.accept_reports, name="accept-reports"),
    path("reports/<int:pk>/review/", review.review_report, name="review-report"),
    path("reports/<int:pk>/accept/", review.accept_report, name="accept-report"),
    path("reports/<int:pk>/return/", review.return_report, name="return-report"),
    path("reports/<int:pk>/edit/", writing.edit_report, name="edit-report"),
    path("reports/<int:pk>/keep/", writing.keep_report, name="keep-report"),
    path("reports/<int:pk>/check/", writing.check_report, name="check-report"),
    path("reports/<int:pk>/submit/", writing.submit_report, name="submit-report"),
    path("reports/<int:pk>/withdraw/", writing.withdraw_report, name="withdraw-report"),
    path("reports/<int:pk>/discard/", writing.discard_report, name="discard-report"),
    path("reports/<int:pk>/revise/", writing.revise_report, name="revise-report"),
    path("reports/<int:pk>/evidence/", evidence.attach_evidence, name="attach-evidence"),
    path("evidence/<int:pk>/", evidence.show_evidence, name="show-evidence"),
    path("evidence/<int:pk>/signatures/", signatures.show_signatures, name="show-signatures"),
    path("evidence/<int:pk>/remove/", evidence.remove_evidence, name="remove-evidence"),
    path("assignments/<int:pk>/log/", log.log_progress, name="log-progress"),
    path("tasks/<int:pk>/", work.show_task, name="show-task"),
    path("units/<int:pk>/", work.show_unit, name="show-unit"),
    path("letterheads/", letterheads.list_letterheads, name="list-letterheads"),
    path("units/<int:pk>/letterhead/", letterheads.edit_letterhead, name="edit-letterhead"),
    path("units/<int:pk>/letterhead/preview/", letterheads.preview_letterhead, name="preview-letterhead"),
]
