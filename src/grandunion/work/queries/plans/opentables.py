"""The open data as a Data Package: its tables with every column and code named in both languages."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from grandunion.adapters.datapackages import Column, Table, packed
from grandunion.records.plans import Indicator
from grandunion.records.spaces import Area
from grandunion.terms.text import Text, Word
from grandunion.terms.views import Frequency, ObservationStatus
from grandunion.work.queries import lists
from grandunion.work.queries.plans.claims import confirmed, published
from grandunion.work.queries.plans.opendata import HUB, Licence, licence, observations, public_indicators, unit_code


def package(at: datetime) -> bytes:
    """All of it as a zip: a Data Package that says of every column and code what it means, in both languages."""
    hub, terms, as_of = lists.hub(), licence(), timezone.localtime(at).date()
    wanted = public_indicators()
    described: dict[str, object] = {
        "name": f"{hub.code}-figures",
        "title": f"{hub.name.zh} · {hub.name.en}",
        "version": as_of.isoformat(),
        "description": f"{README.zh}\n\n{README.en}",
        "created": at.isoformat(timespec="seconds"),
        "keywords": ["innovation hub", "technology transfer", "科技成果转化"],
        "sources": [{"title": f"{hub.operator.zh} · {hub.operator.en}".strip(" ·") or hub.name.en}],
    }
    if terms:
        described["licenses"] = [
            {"name": terms.code, "title": f"{terms.said.zh} · {terms.said.en}", "path": terms.address}
        ]
    return packed(
        described,
        [_observations(at, wanted), _indicators(wanted), _areas(), _claims(wanted), _codes(wanted)],
        _readme(hub, terms, as_of),
    )


README = Text(
    "Figures of the hub counted from its own records, with what was published about them. observations.csv has the "
    "figures, indicators.csv what each means and how it is counted, areas.csv the areas, claims.csv what documents "
    "said, codes.csv the codes. Flows of a year are counted from COUNTED_FROM to COUNTED_TO. A figure of one to four "
    "records is suppressed (OBS_STATUS Q), and so is a second cell from which it could be worked out.",
    "本数据由平台系统记录统计得出，并附已发布数据。observations.csv 为指标值，indicators.csv 为指标定义与计算规则，"
    "areas.csv 为片区，claims.csv 为文件已发布数据，codes.csv 为代码表。年度流量自 COUNTED_FROM 计至 COUNTED_TO。"
    "少于 5 条记录的数值不予公布（OBS_STATUS 为 Q），可据以推算的另一数值一并隐去。",
)


def _readme(hub: lists.Hub, terms: Licence | None, as_of: date) -> str:
    parts = [f"# {hub.name.zh} · {hub.name.en}", README.zh, README.en, f"截至 / as of {as_of}"]
    if terms:
        parts.append(f"许可 / Licence: {terms.said.zh} · {terms.said.en} <{terms.address}>")
    return "\n\n".join(parts) + "\n"


def _observations(at: datetime, wanted: Sequence[Indicator]) -> Table:
    rows = [
        (
            one.frequency.value,
            one.area,
            one.indicator,
            one.period,
            one.value,
            one.unit,
            one.status.value,
            one.counted_from,
            one.counted_to,
        )
        for one in observations(at, wanted)
    ]
    return Table(
        "observations",
        "指标值 · Observations",
        (
            Column("FREQ", "频率 · Frequency", is_required=True, one_of=Frequency.codes()),
            Column("REF_AREA", "片区 · Reference area", is_required=True),
            Column("INDICATOR", "指标 · Indicator", is_required=True),
            Column("TIME_PERIOD", "统计期 · Time period", is_required=True),
            Column("OBS_VALUE", "数值 · Observation value", "number"),
            Column("UNIT_MEASURE", "单位 · Unit of measure", is_required=True),
            Column("OBS_STATUS", "状态 · Observation status", is_required=True, one_of=ObservationStatus.codes()),
            Column("COUNTED_FROM", "起算日 · Counted from", "date"),
            Column("COUNTED_TO", "截止日 · Counted to", "date", is_required=True),
        ),
        rows,
        key=("FREQ", "REF_AREA", "INDICATOR", "TIME_PERIOD"),
        refers={"REF_AREA": ("areas", "REF_AREA"), "INDICATOR": ("indicators", "INDICATOR")},
    )


INDICATOR_COLUMNS = (
    Column("INDICATOR", "指标 · Indicator", is_required=True),
    Column("NAME_ZH", "中文名称 · Name in Chinese"),
    Column("NAME_EN", "英文名称 · Name in English"),
    Column("DEFINITION_ZH", "中文定义 · Definition in Chinese"),
    Column("DEFINITION_EN", "英文定义 · Definition in English"),
    Column("UNIT_MEASURE", "单位 · Unit of measure"),
    Column("KIND", "性质 · Kind"),
    Column("PERIOD", "统计期 · Period"),
    Column("WHY_UNCOUNTED_ZH", "未统计原因（中文） · Why it is not counted, in Chinese"),
    Column("WHY_UNCOUNTED_EN", "未统计原因（英文） · Why it is not counted, in English"),
)


def _indicators(wanted: Sequence[Indicator]) -> Table:
    rows = [
        (one.code, one.name_zh, one.name_en, one.definition_zh, one.definition_en, unit_code(one.unit),
         one.indicator_kind, one.period, one.why_uncounted_zh, one.why_uncounted_en)
        for one in wanted
    ]  # fmt: skip
    return Table("indicators", "指标 · Indicators", INDICATOR_COLUMNS, rows, key=("INDICATOR",))


def _areas() -> Table:
    districts = {one.term_id: one.district for one in Area.objects.select_related("district")}
    hub = lists.hub()
    rows: list[tuple] = [(HUB, hub.name.zh, hub.name.en, "", "")]
    for term in lists.terms("areas"):
        district = districts.get(term.pk)
        rows.append(
            (
                term.code,
                term.name_zh,
                term.name_en,
                district.code if district else "",
                district.name_zh if district else "",
            )
        )
    return Table(
        "areas",
        "片区 · Areas",
        (
            Column("REF_AREA", "片区 · Reference area", is_required=True),
            Column("NAME_ZH", "中文名称 · Name in Chinese"),
            Column("NAME_EN", "英文名称 · Name in English"),
            Column("DISTRICT", "行政区代码 · District code"),
            Column("DISTRICT_ZH", "行政区 · District"),
        ),
        rows,
        key=("REF_AREA",),
    )


CLAIM_COLUMNS = (
    Column("CLAIM", "编号 · Claim", is_required=True),
    Column("INDICATOR", "指标 · Indicator", is_required=True),
    Column("REF_AREA", "片区 · Reference area"),
    Column("LEVEL", "层级 · Level"),
    Column("QUALIFIER", "限定词 · Qualifier"),
    Column("VALUE", "数值 · Value", "number"),
    Column("PERIOD", "统计期 · Period"),
    Column("AS_OF", "时点 · As of", "date"),
    Column("SAID_ZH", "原表述（中文） · As said, in Chinese"),
    Column("SAID_EN", "原表述（英文） · As said, in English"),
    Column("SOURCE_ZH", "出处（中文） · Source, in Chinese"),
    Column("SOURCE_EN", "出处（英文） · Source, in English"),
    Column("PUBLISHED_ON", "发布日期 · Published on", "date"),
)


def _claims(wanted: Sequence[Indicator]) -> Table:
    codes = {one.pk: one.code for one in wanted}
    rows = []
    for row in confirmed().filter(indicator__in=codes):
        said, source = published(row).said, row.source
        rows.append(
            (row.code, codes[row.indicator_id], row.area.code if row.area else HUB, row.level, row.qualifier,
             row.value, row.period, row.as_of, said.zh, said.en, source.title_zh, source.title_en,
             source.published_on)
        )  # fmt: skip
    refers = {"INDICATOR": ("indicators", "INDICATOR"), "REF_AREA": ("areas", "REF_AREA")}
    return Table("claims", "已发布数据 · Published figures", CLAIM_COLUMNS, rows, key=("CLAIM",), refers=refers)


def _codes(wanted: Sequence[Indicator]) -> Table:
    words: dict[str, type[Word]] = {"FREQ": Frequency, "OBS_STATUS": ObservationStatus}
    rows = [(name, one.value, one.text.zh, one.text.en) for name, kind in words.items() for one in kind]
    units = {unit_code(one.unit): one.unit for one in wanted}
    rows += [("UNIT_MEASURE", code, unit.zh, unit.en) for code, unit in units.items()]
    return Table(
        "codes",
        "代码 · Codes",
        (
            Column("LIST", "代码表 · List", is_required=True),
            Column("CODE", "代码 · Code", is_required=True),
            Column("NAME_ZH", "中文名称 · Name in Chinese"),
            Column("NAME_EN", "英文名称 · Name in English"),
        ),
        rows,
        key=("LIST", "CODE"),
    )
