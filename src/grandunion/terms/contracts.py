"""Words for technology contracts: kinds, registration, performance, payment."""

from grandunion.terms.text import Word


class ContractState(Word):
    """Where the registration of a technology contract stands."""

    DRAFT = "draft", "Draft", "草稿"
    SIGNED = "signed", "Signed", "已签订"
    SUBMITTED = "submitted_for_registration", "Submitted for registration", "已提交登记"
    CORRECTION = "correction", "Correction wanted", "待补正"
    REGISTERED = "registered", "Registered", "已登记"
    NOT_REGISTERED = "not_registered", "Not registered", "不予登记"
    CHANGED = "changed", "Registration changed", "登记已变更"
    CANCELLED = "cancelled", "Registration cancelled", "登记已注销"


class ContractPerformance(Word):
    """How a contract is being performed."""

    ACTIVE = "active", "In performance", "履行中"
    COMPLETED = "completed", "Completed", "履行完毕"
    BREACHED = "breached", "Breached", "违约"
    TERMINATED = "terminated", "Terminated", "已终止"


class ContractKind(Word):
    """The five kinds of technology contract."""

    DEVELOPMENT = "development", "Technology development", "技术开发"
    TRANSFER = "transfer", "Technology transfer", "技术转让"
    LICENCE = "licence", "Technology licence", "技术许可"
    CONSULTING = "consulting", "Technology consulting", "技术咨询"
    SERVICE = "service", "Technology service", "技术服务"


class ContractSubkind(Word):
    """The finer kind of development and licence contracts."""

    COMMISSIONED = "commissioned", "Commissioned development", "委托开发"
    COOPERATIVE = "cooperative", "Cooperative development", "合作开发"
    EXCLUSIVE = "exclusive", "Exclusive licence", "独占许可"
    SOLE = "sole", "Sole licence", "排他许可"
    ORDINARY = "ordinary", "Ordinary licence", "普通许可"


class Payment(Word):
    """How the price is paid."""

    LUMP = "lump", "Lump sum", "一次总付"
    INSTALMENTS = "instalments", "Instalments", "分期支付"
    ROYALTY = "royalty", "Royalty", "提成支付"


SUBKINDS = {
    ContractKind.DEVELOPMENT: (ContractSubkind.COMMISSIONED, ContractSubkind.COOPERATIVE),
    ContractKind.TRANSFER: (),
    ContractKind.LICENCE: (ContractSubkind.EXCLUSIVE, ContractSubkind.SOLE, ContractSubkind.ORDINARY),
    ContractKind.CONSULTING: (),
    ContractKind.SERVICE: (),
}
