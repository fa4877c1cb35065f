"""Forms of periodic returns for tests: a small one with a field of each kind."""

from datetime import date

from grandunion.records.plans import ReturnForm

SCHEDULE = {
    "opens_after": 1, "due_after": 10, "due_by": "14:00", "remind_before": [3, 1], "remind_every": 2,
    "escalate_after": 5, "correct_within": 3,
}  # fmt: skip
FULL = {"projects": "12", "money": "3.50005万", "staff": "yes", "words_zh": "签约两家", "words_en": "Two signed"}
SAID = {"instructions_zh": "如实填写。", "instructions_en": "Say what is so."}
OCTOBER = {
    "holidays": [{"starts_on": "2026-10-01", "ends_on": "2026-10-07"}], "working_weekends": [{"on": "2026-10-10"}],
}  # fmt: skip
NAMES = {"partner": "Partner return", "area": "Area return", "enterprise": "Enterprise return"}


def field(code: str, kind: str, **more: object) -> dict[str, object]:
    """A field as a pack's form keeps it."""
    given = {"name_zh": f"{code} 项", "name_en": code.title(), "unit": None, "places": 0, "least": None, "most": None,
             "is_required": True, "indicator": "", "use": None, "change_at_most": None, "help": None}  # fmt: skip
    return {"code": code, "type": kind, **given, **more}


def make_form(code: str, reporter: str, period: str) -> ReturnForm:
    """A form in force that asks a number, an amount, yes or no, and two texts."""
    fields = [
        field("projects", "number", unit_zh="个", unit_en="projects", least="0", most="1000", indicator="talents_new",
              use="feeds", change_at_most="100"),
        field("money", "money", unit_zh="元", unit_en="CNY", places=2, least="0"),
        field("staff", "yes_no"),
        field("words", "text"),
        field("plan", "text", is_required=False),
    ]  # fmt: skip
    return ReturnForm.objects.create(
        code=code, name_en=NAMES[reporter], name_zh="测试报表", reporter=reporter, period=period,
        starts_on=date(2026, 7, 1),
        definition={**SCHEDULE, **SAID, "fields": fields},
    )  # fmt: skip
