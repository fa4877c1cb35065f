"""Words for what somebody offers: kinds of offer, their states, rounds of finance, instruments, kinds of space."""

from grandunion.terms.text import Word


class OfferKind(Word):
    """What is offered; an achievement is an offer of its own kind and stands in its own table."""

    EXPERTISE = "expertise", "Expertise", "专家服务"
    MANDATE = "mandate", "Investment mandate", "投资意向"
    PRODUCT = "product", "Product or capability", "产品与配套能力"
    SCENARIO_CAPABILITY = "scenario_capability", "Scenario capability", "场景能力"
    SPACE = "space", "Space", "空间载体"
    COURSE = "course", "Course or mentoring", "课程与导师"


class OfferState(Word):
    """Where an offer stands; only a published one is brought together with needs."""

    DRAFT = "draft", "Draft", "草稿"
    PUBLISHED = "published", "Published", "已发布"
    PAUSED = "paused", "Paused", "已暂停"
    WITHDRAWN = "withdrawn", "Withdrawn", "已撤回"


class FinanceRound(Word):
    """How far a company's financing has come; the order is the order of rounds."""

    SEED = "seed", "Seed round", "种子轮"
    ANGEL = "angel", "Angel round", "天使轮"
    PRE_A = "pre_a", "Pre-A round", "Pre-A 轮"
    A = "a", "A round", "A 轮"
    A_PLUS = "a_plus", "A+ round", "A+ 轮"
    B = "b", "B round", "B 轮"
    C = "c", "C round", "C 轮"
    D_PLUS = "d_plus", "D round and later", "D 轮及以后"
    PRE_IPO = "pre_ipo", "Before listing", "上市前轮"
    STRATEGIC = "strategic", "Strategic investment", "战略投资"


class Instrument(Word):
    """In which form money is given."""

    EQUITY = "equity", "Equity", "股权"
    CONVERTIBLE = "convertible", "Convertible loan", "可转债"
    INVEST_FIRST = "invest_first", "Invest first, shares later", "先投后股"
    LOAN = "loan", "Loan", "贷款"
    GUARANTEE = "guarantee", "Guarantee", "担保"
    LEASE = "lease", "Leasing", "融资租赁"
    GRANT = "grant", "Grant", "补助"


class SpaceKind(Word):
    """What a space on offer is good for."""

    LABORATORY = "laboratory", "Laboratory", "实验室"
    CLEAN_ROOM = "clean_room", "Clean room", "洁净室"
    PILOT_PLANT = "pilot_plant", "Pilot plant", "中试车间"
    HALL = "hall", "Production hall", "厂房"
    OFFICE = "office", "Office", "办公用房"
    INCUBATOR = "incubator", "Incubator desks", "孵化工位"
