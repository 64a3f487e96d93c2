"""What papers call the states of work, of reports and of answers, whatever a screen calls them."""

from __future__ import annotations

from reports.documents.texts import capitalized
from reports.models import ProgressEntry
from reports.state.remarks import Reply
from reports.state.reporting import Outcome
from reports.state.work import Progress

Status = ProgressEntry.Status

# As parts of a whole, with their heads, and as a sentence tells it of one unit.
CLASSES = {
    Progress.DONE_IN_TIME: "hoàn thành đúng hạn",
    Progress.DONE_LATE: "hoàn thành quá hạn",
    Progress.IN_PROGRESS: "đang thực hiện trong hạn",
    Progress.OVERDUE: "chưa hoàn thành, quá hạn",
    Progress.NOT_STARTED: "chưa triển khai",
}
CLASS_HEADS = tuple(map(capitalized, CLASSES.values()))
TOLD = {
    Progress.DONE_IN_TIME: "đã hoàn thành đúng hạn",
    Progress.DONE_LATE: "đã hoàn thành nhưng quá hạn",
    Progress.IN_PROGRESS: "đang thực hiện trong hạn",
    Progress.OVERDUE: "chưa hoàn thành, đã quá hạn",
    Progress.NOT_STARTED: "chưa triển khai",
}
# As a unit says it of its own.
STATUSES = {
    Status.DONE: "Hoàn thành",
    Status.IN_PROGRESS: "Đang thực hiện",
    Status.NOT_STARTED: "Chưa triển khai",
}
OUTCOMES = {
    Outcome.ON_TIME: "Đúng hạn",
    Outcome.IN_GRACE: "Đúng hạn",
    Outcome.LATE: "Muộn",
    Outcome.MISSING: "Chưa nộp",
    Outcome.TIME_LEFT: "Chưa đến hạn",
}
REPLIES = {Reply.NONE: "chưa trả lời", Reply.IN_HAND: "đang xử lý", Reply.ANSWERED: "đã trả lời"}
