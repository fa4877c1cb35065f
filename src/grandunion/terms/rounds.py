"""Words for rounds: events at which many are brought together with many under loads and times."""

from grandunion.terms.text import Word


class RoundState(Word):
    """Where a round stands."""

    DRAFT = "draft", "Draft", "草稿"
    ASSIGNED = "assigned", "Assigned", "已编排"
    PUBLISHED = "published", "Published", "已发布"
    FINISHED = "finished", "Finished", "已结束"
    CANCELLED = "cancelled", "Cancelled", "已取消"


class Objective(Word):
    """What a round is assigned for."""

    TOTAL = "total", "Best for all together", "总体最优"
    WORST_OFF = "worst_off", "Best for whoever comes off worst", "优先保障最弱方"


class FairTo(Word):
    """On which side nobody is to come off badly."""

    FIRSTS = "firsts", "The needing side", "需求方"
    SECONDS = "seconds", "The offering side", "供给方"
    BOTH = "both", "Both sides", "双方"


class AppointmentState(Word):
    """What became of a meeting of a round."""

    PLANNED = "planned", "Planned", "待进行"
    HELD = "held", "Held", "已进行"
    MISSED = "missed", "Missed", "未到场"
    CANCELLED = "cancelled", "Cancelled", "已取消"


class MeetingResult(Word):
    """What both sides said after a meeting."""

    OPEN = "open", "Not said yet", "尚未明确"
    INTERESTED = "interested", "Both want to go on", "双方有意向继续对接"
    DECLINED = "declined", "One side does not want to go on", "一方不再继续"


class Disturbance(Word):
    """What happens to a round after its meetings are assigned."""

    CANCELS = "cancels", "Somebody does not come", "参与者不能到场"
    AWAY = "away", "Somebody comes late or leaves early", "参与者部分时段不在场"
    SLOT_LOST = "slot_lost", "A time is lost", "取消一个时段"
    REFUSED = "refused", "Two do not want to meet", "双方不宜会谈"
