"""What each move on a match asks."""

from collections.abc import Mapping

from django import forms

from grandunion.interfaces.kit.forms import Form, choice, lines, one_of, saying, text
from grandunion.terms.matches import DeclineReason, FailReason, Side, SuccessKind
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.work.permissions import matches as permissions


class DeclineForm(Form):
    """Turning a match down."""

    decline_reason = choice("Reason", "原因", DeclineReason)
    note = lines("Note, for the desk only", "说明（仅服务台可见）")


class MeetForm(Form):
    """A meeting of the two sides."""

    held_at = forms.DateTimeField(
        label=saying(Text("When", "时间")), input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    place = text("Place", "地点", required=False, longest=200)
    note = lines("What was said", "洽谈内容")


class SucceedForm(Form):
    """What a match led to."""

    success_kind = choice("What came of it", "撮合结果", SuccessKind)
    note = lines("Note", "说明")


class FailForm(Form):
    """Why a match came to nothing."""

    fail_reason = choice("Reason", "原因", FailReason)
    note = lines("Note", "说明")


class ReviveForm(Form):
    """Suggesting a pair again."""

    reason = text("Why again", "重新推荐的理由")


MOVE_FORMS: Mapping[str, type[Form]] = {
    "decline": DeclineForm,
    "meet": MeetForm,
    "succeed": SucceedForm,
    "fail": FailForm,
    "revive": ReviveForm,
}


def accept_form(match: object, reader: Reader) -> type[Form]:
    """A side just accepts; the desk says for which side, and on whose word."""
    open_sides = permissions.open_sides(reader, match)
    fields: dict[str, object] = {}
    if len(open_sides) > 1:
        fields["side"] = one_of("For which side", "代哪一方登记", lambda: [(s.value, s.text) for s in open_sides])
    if permissions.parts_of(reader, match) & permissions.DESK:
        fields["note"] = text("Who said so, and when", "何人于何时同意")
    return type("AcceptForm", (Form,), fields)


def move_forms(match: object, reader: Reader) -> dict[str, type[Form]]:
    """The form of each move on this match."""
    return {**MOVE_FORMS, "accept": accept_form(match, reader)}


def side_of(values: Mapping[str, object], match: object, reader: Reader) -> Side:
    """The side a consent is for: the one chosen, or the only one open to the reader."""
    if values.get("side"):
        return Side(values["side"])
    return next(iter(permissions.open_sides(reader, match)), Side.NEEDING)
