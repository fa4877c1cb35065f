"""Words for organisations and persons."""

from grandunion.terms.text import Word


class OrganisationKind(Word):
    """What an organisation is."""

    ENTERPRISE = "enterprise", "Enterprise", "企业"
    TEAM = "team", "Team before incorporation", "未注册团队"
    UNIVERSITY = "university", "University", "高校"
    INSTITUTE = "institute", "Research institution", "科研机构"
    INVESTOR = "investor", "Investor", "投资机构"
    SERVICE = "service_institution", "Service institution", "科技服务机构"
    BUREAU = "bureau", "Government body", "政府部门"
    PARTNER = "partner", "Global partner", "全球合伙人"
    OPERATOR = "operator", "Hub operator", "运营公司"
    OTHER = "other", "Other organisation", "其他组织"


class PartnerRole(Word):
    """As what somebody would like to work with the hub."""

    UNIT = "unit", "Partner of an innovation unit", "创新单元合伙人"
    CENTRE = "centre", "Partner of an innovation centre", "创新中心合伙人"
    SERVICE = "service", "Service partner", "科创服务合伙人"
    INVESTOR = "investor", "Investor", "投资机构"
    RESEARCH = "research", "University or institute", "高校或科研院所"
    OTHER = "other", "Something else", "其他"


class OrganisationStatus(Word):
    """Whether the organisation lives."""

    ACTIVE = "active", "Active", "存续"
    CLOSED = "closed", "Closed", "注销"
    MERGED = "merged", "Merged into another record", "已合并"


class Size(Word):
    """Enterprise size (statistical classification of large, medium, small and micro enterprises)."""

    MICRO = "micro", "Micro", "微型"
    SMALL = "small", "Small", "小型"
    MEDIUM = "medium", "Medium", "中型"
    LARGE = "large", "Large", "大型"


class NameKind(Word):
    """Why an organisation has a further name."""

    ALIAS = "alias", "Alias", "别名"
    FORMER = "former", "Former name", "曾用名"
    ABBREVIATION = "abbreviation", "Abbreviation", "简称"


class PersonRole(Word):
    """What a person is at an organisation, for a time."""

    RESEARCHER = "researcher", "Researcher", "科研人员"
    FOUNDER = "founder", "Founder", "创始人"
    ALUMNUS = "alumnus", "Alumnus", "校友"
    STUDENT = "student", "Student", "学生"
    OFFICER = "officer", "Officer", "工作人员"
    MANAGER = "manager", "Manager", "管理人员"
    EXPERT = "expert", "Expert", "专家"
    INVESTOR = "investor", "Investment manager", "投资经理"
    TECHNOLOGY_MANAGER = "technology_manager", "Technology manager", "技术经理人"


class IdentifierScheme(Word):
    """Whose register an identifier is from."""

    CREDIT_CODE = "credit_code", "Unified social credit code", "统一社会信用代码"
    ROR = "ror", "ROR", "ROR 标识"
    STOCK = "stock_symbol", "Stock symbol", "股票代码"
