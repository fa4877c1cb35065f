"""What a person may be to the hub, to an organisation and to one record."""

from grandunion.terms.text import Word


class Role(Word):
    """A membership's role: in the hub (first four) or in one organisation."""

    OFFICER = "officer", "Officer", "服务专员"
    PLANNER = "planner", "Planning officer", "规划专员"
    BUREAU = "bureau", "Bureau viewer", "主管部门"
    ADMINISTRATOR = "administrator", "Administrator", "系统管理员"
    UNIVERSITY = "university", "University transfer office", "高校成果转化办公室"
    INVENTOR = "inventor", "Inventor", "发明人"
    ENTERPRISE = "enterprise", "Enterprise", "企业"
    INVESTOR = "investor", "Investor", "投资机构"
    PARTNER = "partner", "Global partner", "全球合伙人"
    STUDENT = "student", "Student founder", "学生创业者"


HUB_ROLES = frozenset({Role.OFFICER, Role.PLANNER, Role.BUREAU, Role.ADMINISTRATOR})
STAFF_ROLES = frozenset({Role.OFFICER, Role.PLANNER, Role.ADMINISTRATOR})


class Part(Word):
    """What a person is to one record: flows name these, permissions work them out."""

    IN_CHARGE = "in_charge", "Officer in charge", "经办人"
    OFFICER = "officer", "Any officer of the area", "片区服务专员"
    OWNER = "owner", "Owner", "权利单位或提出方"
    INVENTOR = "inventor", "Inventor", "发明人"
    REVIEWER = "reviewer", "Reviewer", "评审专家"
    ASSIGNEE = "assignee", "Assignee", "承办方"
    OFFERING = "offering", "Offering side", "供给方"
    NEEDING = "needing", "Needing side", "需求方"
    PLANNER = "planner", "Planning officer", "规划专员"
    GRANTEE = "grantee", "Reader by grant", "获授权查阅人"
    SYSTEM = "system", "The house itself", "系统"


class Scope(Word):
    """What a token to the API may be used for, within its user's own rights."""

    READ = "read", "Read", "读取"
    WRITE = "write", "Write", "写入"
