"""Common problems: what many enterprises lack in the same way, answered once for all of them."""

from django.db import models

from grandunion.records.base import ASKED, S0, S1, Titled, code_field, declared, one_of, sourced_once, titled
from grandunion.records.lists import Term
from grandunion.records.parties import Confidential
from grandunion.terms.needs import Category, IssueState
from grandunion.terms.secrecy import Level


class Issue(Confidential, Titled):
    """A problem of a whole chain or place that many needs tell of."""

    state = code_field(IssueState, IssueState.OPEN)
    state_at = models.DateTimeField()
    category = code_field(Category)
    subject = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    industry = models.ForeignKey(Term, models.PROTECT, null=True, related_name="+")
    text_zh = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    kind = "issue"
    searched = ("number", "title_zh", "title_en", "text_zh", "text_en")
    secrecy = declared(
        {
            S0: "title_zh title_en state category subject industry text_zh text_en answer",
            S1: "state_at answered_at closed_at",
        }
    )

    class Meta:
        constraints = [
            titled("issue_titled"),
            one_of("state", IssueState, "issue_state_known"),
            one_of("category", Category, "issue_category_known"),
            one_of("level", Level, "issue_level_known"),
            sourced_once("issue_source_once"),
        ]
        indexes = [models.Index(fields=["-updated_at", "-id", "state", *ASKED], name="issue_recent")]
