"""The work reports of a demonstration set: begun, written in, commented on, checked, signed, published."""

from dataclasses import dataclass
from typing import Annotated

from grandunion.adapters.packs.facts import code, one_of, pair, refers, rows, whole
from grandunion.terms.text import Text
from grandunion.terms.work_reports import WorkReportState


@dataclass(frozen=True, slots=True)
class DemoRemark:
    """What a colleague says of the first sentence."""

    by: Annotated[str, refers("demo_accounts")]
    text: Annotated[Text, pair("")]


@dataclass(frozen=True, slots=True)
class DemoWorkReport:
    """A report from a template; where that serves every year, of the year so many before this one (`back`)."""

    code: Annotated[str, code()]
    template: Annotated[str, refers("reports")]
    back: Annotated[int | None, whole()]
    state: Annotated[WorkReportState, one_of(WorkReportState)]
    written_day: Annotated[int, whole(required=True)]
    moved_day: Annotated[int | None, whole()]
    writer: Annotated[str, refers("demo_accounts")]
    reviewer: Annotated[str, refers("demo_accounts", required=False)]
    added: Annotated[Text | None, pair(required=False)]  # a sentence with a number typed by hand
    remarks: Annotated[tuple[DemoRemark, ...], rows(DemoRemark)]
