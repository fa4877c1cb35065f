"""What each reason counts for on each market: sets of weights, of which one is in force."""

from django.db import models
from django.db.models import Q

from grandunion.records.base import Guarded, Record, code_field, one_of
from grandunion.records.parties import User
from grandunion.terms.matches import Market, WeightBasis, WeightState


class WeightSet(Record):
    """One set of weights of a market; an earlier set is kept and can be put in force again."""

    market = code_field(Market)
    edition = models.PositiveIntegerField()
    state = code_field(WeightState, WeightState.PROPOSED)
    basis = code_field(WeightBasis)
    weights = models.JSONField()  # {part: weight as text}; they add up to 1
    reason = models.CharField(max_length=300, blank=True)
    report = models.JSONField(default=dict)  # what was learned from, what changed, effect on held-out decisions
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    activated_at = models.DateTimeField(null=True)
    activated_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True)

    objects = Guarded()
    kind = "weight_set"

    class Meta:
        constraints = [
            one_of("market", Market, "weight_set_market_known"),
            one_of("state", WeightState, "weight_set_state_known"),
            one_of("basis", WeightBasis, "weight_set_basis_known"),
            models.UniqueConstraint(fields=["market", "edition"], name="weight_set_edition_once"),
            models.UniqueConstraint(
                fields=["market"], name="weight_set_one_in_force", condition=Q(state=WeightState.ACTIVE.value)
            ),
        ]

    @property
    def number(self) -> str:
        """How the set is called: its market and its edition there."""
        return f"{self.market}.{self.edition}"
