"""Who may do what to organisations, persons, accounts and accesses."""

from grandunion.records.parties import Access, Membership, Organisation, Person, Token
from grandunion.terms.parties import OrganisationKind, OrganisationStatus
from grandunion.terms.readers import Reader
from grandunion.terms.roles import HUB_ROLES, Part, Role
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.verdicts import YES, Verdict, no
from grandunion.work.permissions.base import clearance, managing, parts, staff_only

OWNERS_FIELDS = frozenset({
    "name_zh", "name_en", "short_name_zh", "short_name_en", "sort_key", "website", "city", "size", "founded_on",
    "summary_zh", "summary_en", "staff_count", "registered_capital", "contact_name", "contact_email",
    "contact_phone", "stock_symbol",
})  # fmt: skip
OFFICERS_FIELDS = OWNERS_FIELDS | {
    "organisation_kind", "level", "credit_code", "ror", "country", "region", "area", "industry",
    "incorporated_on", "landed_on", "source_kind", "source_ref", "source_note",
}  # fmt: skip
PERSON_FIELDS = frozenset({
    "name_zh", "name_en", "sort_key", "title_zh", "title_en", "affiliation", "orcid", "expertise", "email",
    "phone", "level", "source_kind", "source_ref", "source_note",
})  # fmt: skip


def may_create(reader: Reader, kind: str = OrganisationKind.ENTERPRISE) -> Verdict:
    """Officers and planners create any organisation; a transfer office or a partner, a team."""
    if reader.is_house or reader.has(Role.OFFICER, Role.PLANNER):
        return YES
    if kind == OrganisationKind.TEAM and reader.has(Role.UNIVERSITY, Role.PARTNER):
        return YES
    return no(
        "Only the hub's officers add organisations. Send your officer the name and the credit code.",
        "新增单位由服务专员办理，请将单位名称和统一社会信用代码告知您的服务专员。",
    )


def may_edit(reader: Reader, organisation: Organisation) -> Verdict:
    """Officers of the area and the organisation's own people edit it, while it is a record of its own."""
    if organisation.status == OrganisationStatus.MERGED:
        return no(
            "This record was merged into another. Edit the other one.", "该记录已并入其他记录，请在合并后的记录中修改。"
        )
    if parts(reader, organisation) & {Part.IN_CHARGE, Part.OFFICER, Part.OWNER}:
        return YES
    return no(
        "Only its own people and the officers of its area edit an organisation.",
        "仅本单位人员及其片区的服务专员可以修改。",
    )


def fields_for(reader: Reader, organisation: Organisation) -> frozenset[str]:
    """The fields the reader may set: an organisation does not set its own kind, area, codes or openness."""
    return OFFICERS_FIELDS if managing(reader, organisation) else OWNERS_FIELDS


def may_manage(reader: Reader, organisation: Organisation) -> Verdict:
    """Labels, incorporation and closing are the officers': they stand in registers outside the hub."""
    if organisation.status == OrganisationStatus.MERGED:
        return may_edit(reader, organisation)
    return managing(reader, organisation)


def may_incorporate(reader: Reader, team: Organisation) -> Verdict:
    """An officer registers a team as a company; only a team before incorporation can become one."""
    if team.organisation_kind != OrganisationKind.TEAM:
        return no("It is registered already: only a team before incorporation becomes a company.",
                  "该单位已注册，只有未注册团队才能登记为企业。")  # fmt: skip
    return may_manage(reader, team)


def may_merge(reader: Reader, survivor: Organisation, absorbed: Organisation) -> Verdict:
    """An officer of both records' areas merges two living records that are not proved to be two."""
    if survivor.pk == absorbed.pk:
        return no("These are the same record. Choose two.", "所选为同一条记录，请选择两条不同的记录。")
    if OrganisationStatus.MERGED in (survivor.status, absorbed.status):
        return no("One of the two was merged already. Reload the page.", "其中一条记录已被合并，请刷新页面。")
    if survivor.credit_code and absorbed.credit_code and survivor.credit_code != absorbed.credit_code:
        return no(
            "Their credit codes differ, so they are two organisations. Correct a mistyped code first.",
            "两者的统一社会信用代码不同，属于两家单位。如代码有误，请先更正。",
        )
    return managing(reader, survivor) and managing(reader, absorbed)


def may_create_person(reader: Reader) -> Verdict:
    """Officers, planners and transfer offices add persons."""
    if reader.is_house or reader.has(Role.OFFICER, Role.PLANNER, Role.UNIVERSITY):
        return YES
    return no("Only officers and transfer offices add persons. Ask your officer.",
              "新增人员由服务专员或高校成果转化办公室办理，请联系您的服务专员。")  # fmt: skip


def may_edit_person(reader: Reader, person: Person) -> Verdict:
    """Officers edit every person they see; everybody edits themselves."""
    if reader.is_officer or (reader.person_id is not None and reader.person_id == person.pk):
        return YES
    return no("Only officers and the person edit this.", "仅服务专员和本人可以修改。")


def may_place(reader: Reader, organisation: Organisation) -> Verdict:
    """Who says what somebody is at an organisation: whoever may edit the organisation."""
    return may_edit(reader, organisation)


def may_open_accounts(reader: Reader) -> Verdict:
    """The administrator and the house open accounts and give roles."""
    if reader.is_house or reader.has(Role.ADMINISTRATOR):
        return YES
    return no("Only the administrator opens accounts and gives roles.", "账户和角色由系统管理员办理。")


def may_look_after(reader: Reader, user_id: int) -> Verdict:
    """The administrator suspends and reopens accounts and sees to how people sign in; never to their own."""
    if reader.user_id == user_id and reader.is_signed_in:
        return no("Your own account is looked after by another administrator.", "本人账户须由其他系统管理员办理。")
    return may_open_accounts(reader)


def may_enrol(reader: Reader, role: Role, organisation: Organisation | None, user_id: int | None = None) -> Verdict:
    """A hub role stands for the hub, every other one for an organisation; nobody raises themselves."""
    if user_id is not None and reader.user_id == user_id:
        return no("Nobody gives a role to their own account. Ask another administrator.",
                  "不能为本人账户赋予角色，请由其他系统管理员办理。")  # fmt: skip
    if role in HUB_ROLES and organisation is not None:
        return no("This role is held for the hub, not for an organisation.", "该角色属于平台，不能挂在单位名下。")
    if role not in HUB_ROLES and organisation is None:
        return no("This role is held at an organisation: say at which.", "该角色须隶属某一单位，请选择单位。")
    return may_open_accounts(reader)


def may_end_membership(reader: Reader, membership: Membership) -> Verdict:
    """The administrator ends any role; everybody may lay down their own."""
    return YES if membership.user_id == reader.user_id and reader.is_signed_in else may_open_accounts(reader)


def may_declare(reader: Reader, user_id: int) -> Verdict:
    """Everybody declares their own conflict of interest; an officer or administrator, another's."""
    if reader.user_id == user_id or reader.is_officer or reader.has(Role.ADMINISTRATOR):
        return YES
    return no("You declare your own conflicts of interest only.", "您只能申报本人的利益冲突。")


def may_grant(reader: Reader, record: object, secrecy: Secrecy = Secrecy.S1) -> Verdict:
    """The record's officers and its owner let somebody read it, as deep as they read themselves."""
    if not parts(reader, record) & {Part.IN_CHARGE, Part.OFFICER, Part.OWNER, Part.INVENTOR}:
        return no(
            "Only the owner and the officer in charge give access to this record.",
            "仅权利单位和经办人可以授权他人查阅本记录。",
        )
    if secrecy > clearance(reader, record):
        return no("You cannot show more than you may read yourself.", "授权范围不能超过您本人的查阅权限。")
    return YES


def may_withdraw(reader: Reader, record: object, access: Access) -> Verdict:
    """Whoever may give access may take it back; everybody may give up their own."""
    return YES if access.user_id == reader.user_id and reader.is_signed_in else may_grant(reader, record)


def may_revoke(reader: Reader, token: Token) -> Verdict:
    """A token is revoked by whose it is, or by the administrator."""
    return YES if token.user_id == reader.user_id and reader.is_signed_in else may_open_accounts(reader)


def may_find_duplicates(reader: Reader) -> Verdict:
    """Looking for duplicates is officers' work."""
    return staff_only(reader)


def offers(reader: Reader, organisation: Organisation) -> dict[str, Verdict]:
    """Every deed on an organisation's page with its verdict, judged once."""
    edit, manage = may_edit(reader, organisation), may_manage(reader, organisation)
    is_team = organisation.organisation_kind == OrganisationKind.TEAM
    is_closed = organisation.status == OrganisationStatus.CLOSED
    found = {"incorporate": manage} if is_team else {}
    found |= {"names": edit, "labels": manage, "positions": edit}
    return found | ({"reopen": manage} if is_closed else {"close": manage})
