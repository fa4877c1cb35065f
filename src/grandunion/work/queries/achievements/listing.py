"""The list of achievements: its columns, filters and order."""

from grandunion.records.achievements import Achievement
from grandunion.terms.achievements import AchievementKind, AchievementState, Readiness
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.text import Text
from grandunion.work.queries.base import Column, Filter, Listing

LISTING = Listing(
    code="achievements",
    name=Text("Achievements", "科技成果"),
    record=Achievement,
    columns=(
        Column("number", Text("Number", "编号"), ("number",), "number", sort=("number",), secrecy=Secrecy.S0),
        Column(
            "title",
            Text("Title", "名称"),
            ("title_zh", "title_en"),
            "title",
            sort=("title_en", "title_zh"),
            secrecy=Secrecy.S0,
        ),
        Column("state", Text("State", "状态"), ("state",), "word", AchievementState, ("state",), Secrecy.S0),
        Column(
            "kind",
            Text("Kind", "类型"),
            ("achievement_kind",),
            "word",
            AchievementKind,
            ("achievement_kind",),
            Secrecy.S0,
        ),
        Column("trl", Text("TRL", "TRL"), ("trl",), "count", sort=("trl",), secrecy=Secrecy.S0),
        Column(
            "field",
            Text("Field", "领域"),
            ("field__name_zh", "field__name_en"),
            "term",
            sort=("field__position",),
            secrecy=Secrecy.S0,
        ),
        Column(
            "owner",
            Text("Owner", "权利单位"),
            ("owner__name_zh", "owner__name_en"),
            "term",
            sort=("owner__sort_key",),
        ),
        Column("owner_name", Text("Owner as imported", "权利单位（导入）"), ("owner_name",), is_shown=False),
        Column("keywords", Text("Keywords", "关键词"), ("keywords",), secrecy=Secrecy.S0, is_shown=False),
        Column("level", Text("Open to", "公开范围"), ("level",), "word", Level, is_shown=False),
        Column("updated", Text("Changed", "更新"), ("updated_at",), "day", sort=("updated_at",)),
    ),
    filters=(
        Filter("state", Text("State", "状态"), "state", AchievementState),
        Filter("kind", Text("Kind", "类型"), "achievement_kind", AchievementKind),
        Filter("trl", Text("TRL", "TRL"), "trl", Readiness),
        Filter("field", Text("Field", "领域"), "field", list_code="fields", kind="term"),
        Filter("level", Text("Open to", "公开范围"), "level", Level),
        Filter("owner", Text("Owner's number", "权利单位编号"), "owner__number"),
    ),
)
