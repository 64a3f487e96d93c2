from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.models.entries import Proposal
from units.records import History, Recorded


class Answer(Recorded):
    """Where the city Front stands with what a unit proposed, and since when; without a row nobody took it up.

    A revision of a report says its proposals again, in rows of its own. One that is equal to a proposal of an
    earlier revision in addressee and words is the same proposal, and its answer belongs to the first row that
    said it (`ProposalQuerySet.with_origin`). It is looked up and never copied: rows of accepted revisions do
    not change, so the first stays the first; an answer given on the page of any revision is seen on all of
    them, and accepting a report writes none. Other words, and the same ones in another period, ask anew.
    """

    class State(models.TextChoices):
        ANSWERED = "answered", _("Answered")
        IN_HAND = "in_hand", _("In hand")

    proposal = models.OneToOneField(
        Proposal, verbose_name=_("proposal"), on_delete=models.PROTECT, related_name="answer"
    )
    state = models.CharField(_("state"), max_length=10, choices=State)
    text = models.TextField(_("answer to the proposal"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )

    history = History()
    history_label_fields = ("proposal",)

    class Meta:
        verbose_name = _("answer to a proposal")
        verbose_name_plural = _("answers to proposals")
        ordering = ["-answered_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="answer_state_known", condition=Q(state__in=["answered", "in_hand"])),
            models.CheckConstraint(
                name="answered_with_words",
                condition=~Q(state="answered") | ~Q(text=""),
                violation_error_message=_("Write the answer, or choose “In hand”."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.proposal}"
