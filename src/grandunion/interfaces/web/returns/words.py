"""Where returns are found, and what their time line says."""

from collections.abc import Mapping

from django.http import HttpRequest

from grandunion.terms.text import Text

HOME = "/w/returns/"
LIST = (Text("Periodic returns", "定期报表"), HOME)
VERBS: Mapping[str, Text] = {
    "return.opened": Text("asked for the return", "开启填报"),
    "return.saved": Text("saved the draft", "保存草稿"),
    "return.submit": Text("submitted it", "报送"),
    "return.take_back": Text("took it back", "撤回"),
    "return.review": Text("began to review", "开始审核"),
    "return.accept": Text("accepted it", "审核通过"),
    "return.send_back": Text("sent it back with comments", "退回修改"),
    "return.reopen": Text("opened it again for correction", "退回更正"),
    "return.waive": Text("waived it", "免报"),
    "return.ask_again": Text("asked for it after all", "恢复报送"),
    "return.reminded": Text("reminded the reporter", "提醒填报单位"),
    "return.overdue": Text("it became overdue", "已逾期"),
    "return.escalated": Text("raised it one level", "上报上一级"),
}
TOLD: Mapping[str, Text] = {
    "due_at": Text("Due", "截止时间"),
    "remark": Text("Remark", "备注"),
    "reminders": Text("Reminders", "提醒次数"),
}


def who(request: HttpRequest) -> dict[str, object]:
    """Who does it, and when."""
    return {"by": request.reader, "at": request.at}


def crumbs(number: str, title: Text) -> list[tuple[Text, str]]:
    """The way to a page of one return."""
    return [LIST, (Text(number, number), f"{HOME}{number}/"), (title, "")]
