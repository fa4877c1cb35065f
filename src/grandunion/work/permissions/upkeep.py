"""Who may do what to keep the hub in order: load packs, import, see batches, back up."""

from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.verdicts import YES, Verdict, no


def may_open(reader: Reader) -> Verdict:
    """The hub's staff see which imports were made, whether the journal holds, and the last backup."""
    if reader.is_staff:
        return YES
    return no("Only the hub's staff open this page.", "此页面仅限平台工作人员查看。")


def may_import(reader: Reader) -> Verdict:
    """An officer for all areas imports: a file knows no areas, and its difference shows what stands there now."""
    if reader.is_house or (reader.is_officer and reader.areas is None):
        return YES
    return no(
        "Only officers who serve all areas import files. Ask one of them.",
        "仅负责全部片区的服务专员可以导入文件，请联系相关专员。",
    )


def may_load_pack(reader: Reader) -> Verdict:
    """The operator on the machine and administrators load packs."""
    if reader.is_house or reader.has(Role.ADMINISTRATOR):
        return YES
    return no("Only an administrator loads packs.", "仅系统管理员可以加载包。")


def may_back_up(reader: Reader) -> Verdict:
    """Backups hold everything, so only the operator on the machine makes them."""
    if reader.is_house:
        return YES
    return no(
        "Backups are made on the machine itself: grandunion backup FILE.",
        "备份须在服务器上执行：grandunion backup 文件。",
    )
