"""Words that the pages of organisations and persons share: what fields are called, what was done, whose file."""

from collections.abc import Mapping
from dataclasses import replace

from grandunion.interfaces.kit.records import Happening, happenings, word
from grandunion.interfaces.kit.tags import said
from grandunion.terms.matches import Market
from grandunion.terms.money import Money
from grandunion.terms.parties import NameKind, OrganisationKind, OrganisationStatus, Size
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.text import Text, listed
from grandunion.work.queries import journal, lists

FIELDS: Mapping[str, Text] = {
    "name_zh": Text("Name in Chinese", "中文名称"),
    "name_en": Text("Name in English", "英文名称"),
    "short_name_zh": Text("Short name in Chinese", "中文简称"),
    "short_name_en": Text("Short name in English", "英文简称"),
    "sort_key": Text("Reading (pinyin)", "读音（拼音）"),
    "organisation_kind": Text("Kind", "类型"),
    "status": Text("Status", "状态"),
    "level": Text("Open to", "公开范围"),
    "credit_code": Text("Unified social credit code", "统一社会信用代码"),
    "ror": Text("ROR", "ROR 标识"),
    "stock_symbol": Text("Stock symbol", "股票代码"),
    "country": Text("Country", "国家或地区"),
    "region": Text("Region", "行政区划"),
    "city": Text("City", "城市"),
    "area": Text("Area of the hub", "所在片区"),
    "industry": Text("Industry", "所属行业"),
    "size": Text("Size", "企业规模"),
    "founded_on": Text("Founded on", "成立日期"),
    "incorporated_on": Text("Incorporated on", "注册日期"),
    "landed_on": Text("Landed on", "落地日期"),
    "website": Text("Website", "网站"),
    "registered_capital": Text("Registered capital", "注册资本"),
    "staff_count": Text("Staff", "员工人数"),
    "contact_name": Text("Contact", "联系人"),
    "contact_email": Text("Contact's e-mail", "联系邮箱"),
    "contact_phone": Text("Contact's phone", "联系电话"),
    "summary_zh": Text("Summary in Chinese", "中文简介"),
    "summary_en": Text("Summary in English", "英文简介"),
    "alias": Text("Further name", "其他名称"),
    "label": Text("Recognition", "资质"),
    "position": Text("Position", "任职"),
    "merged": Text("Merged record", "被合并记录"),
    "merged_into": Text("Merged into", "并入记录"),
    "reason": Text("Reason", "原因"),
    "document": Text("File", "文件"),
    "title_zh": Text("Title in Chinese", "中文职称职务"),
    "title_en": Text("Title in English", "英文职称职务"),
    "affiliation": Text("Affiliation", "所在单位"),
    "orcid": Text("ORCID", "ORCID"),
    "expertise": Text("Expertise", "专长"),
    "email": Text("E-mail", "电子邮箱"),
    "phone": Text("Phone", "电话"),
    "reader": Text("Reader", "查阅人"),
    "secrecy": Text("Class", "密级"),
    "expires_at": Text("Until", "有效期至"),
    "source_note": Text("Source", "来源"),
    "opted_out": Text("Not suggested on", "不推荐的类型"),
}
VERBS: Mapping[str, Text] = {
    "organisation.created": Text("added the organisation", "新增单位"),
    "organisation.imported": Text("imported the organisation", "导入单位"),
    "organisation.import_changed": Text("changed it by an import", "导入更新"),
    "organisation.import_taken_back": Text("took the import back", "撤销导入"),
    "organisation.edited": Text("changed facts", "修改信息"),
    "organisation.incorporated": Text("recorded that the team became a company", "登记团队注册为企业"),
    "organisation.name_added": Text("added a further name", "添加其他名称"),
    "organisation.name_removed": Text("took a further name away", "移除其他名称"),
    "organisation.label_added": Text("recorded a recognition", "登记资质"),
    "organisation.label_ended": Text("ended a recognition", "终止资质"),
    "organisation.closed": Text("recorded that it was dissolved", "登记注销"),
    "organisation.reopened": Text("took the closing back", "撤销注销登记"),
    "organisation.merged": Text("merged two records", "合并记录"),
    "organisation.landed": Text("recorded the landing", "登记落地"),
    "position.added": Text("recorded a position", "登记任职"),
    "position.ended": Text("ended a position", "终止任职"),
    "person.created": Text("added the person", "新增人员"),
    "person.imported": Text("imported the person", "导入人员"),
    "person.import_changed": Text("changed it by an import", "导入更新"),
    "person.import_taken_back": Text("took the import back", "撤销导入"),
    "person.edited": Text("changed facts", "修改信息"),
    "document.attached": Text("attached a file", "上传文件"),
    "document.opened": Text("opened a confidential file", "查阅涉密文件"),
    "document.removed": Text("took a file away", "移除文件"),
    "access.given": Text("let somebody in", "授予访问"),
    "access.granted": Text("gave access by name", "授权查阅"),
    "access.withdrawn": Text("took an access back", "撤回授权"),
    "access.ended": Text("ended an access", "终止访问"),
    "suggestions.chosen": Text("chose on which markets to be suggested", "设置推荐范围"),
}
EVERY = Text("any market", "全部类型")
WORDS = {"organisation_kind": OrganisationKind, "status": OrganisationStatus, "size": Size, "level": Level,
         "name_kind": NameKind}  # fmt: skip
CLASSES: Mapping[Secrecy, Text] = {
    Secrecy.S1: Text("Whoever sees this record", "可见本记录者"),
    Secrecy.S2: Text("The organisation and the area's officers", "本单位及片区服务专员"),
    Secrecy.S3: Text(
        "Owner, named persons, officer in charge; opening is journaled", "权利单位、指定人员、经办人（查阅留痕）"
    ),
    Secrecy.S4: Text("Sealed: by grant only; opening is journaled", "封存：仅限授权查阅（查阅留痕）"),
}  # fmt: skip


SECTIONS = {"match": "matches", "opportunity": "scenarios", "capability": "capabilities"}  # not just with an s


def home_of(record: object) -> str:
    """The address of a record's page, whatever its kind."""
    section = SECTIONS.get(record.kind, f"{record.kind}s")
    return f"/w/{section}/{record.number}/"


def entries(record: object, depth: Secrecy) -> list[Happening]:
    """The time line of an organisation or a person."""
    return happenings(map(_with_markets, journal.timeline(record, depth)), VERBS, FIELDS)


def _with_markets(line: object) -> object:
    """The line with the markets it names in words."""
    changes = ((name, *map(_markets, values)) if name == "opted_out" else (name, *values)
               for name, *values in line.changes)  # fmt: skip
    return replace(line, changes=tuple(changes))


def _markets(codes: object) -> str:
    return said(listed(Market(code).text if Market.has(code) else EVERY for code in str(codes or "").split()))


def printed(name: str, value: object) -> object:
    """A field's value in words: codes by their name, terms by theirs, amounts with their unit, texts as they are."""
    if name in WORDS:
        return word(WORDS[name], str(value or ""))
    if name == "registered_capital" and value is not None:
        return Money(value, "CNY").said()
    if name == "country" and value:
        return lists.named("countries", str(value))
    return getattr(value, "name", value)


def rows(
    facts: Mapping[str, object], names: tuple[str, ...], lesser: tuple[str, ...] = ()
) -> list[tuple[Text, object]]:
    """The facts of these names that the reader may read, with what they are called; `lesser` ones only if filled."""
    shown = [name for name in names if name in facts and (name not in lesser or facts[name] not in (None, ""))]
    return [(FIELDS[name], printed(name, facts[name])) for name in shown]
