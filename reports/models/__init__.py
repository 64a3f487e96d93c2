from reports.models.answers import Answer
from reports.models.entries import IndicatorValue, ProgressEntry, Proposal
from reports.models.evidence import Attachment
from reports.models.periods import Obligation, Period
from reports.models.reports import Overtaken, ProgressReport

__all__ = [
    "Answer",
    "Attachment",
    "IndicatorValue",
    "Obligation",
    "Overtaken",
    "Period",
    "ProgressEntry",
    "ProgressReport",
    "Proposal",
]
