"""What a pack's files say, and what is wrong with them."""

from grandunion.adapters.packs import Demo, Pack, check_pack, find_pack, read_demo, sound_pack
from grandunion.records.parties import User
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused
from grandunion.work.queries.lists import setting


def checked(name: str) -> tuple[list[Text], list[Text]]:
    """The mistakes of a pack with their places, then what nobody has verified; raises Absent without such a pack."""
    found = check_pack(find_pack(name))
    return [p.said() for p in found if not p.is_note], [p.said() for p in found if p.is_note]


def opened(name: str) -> Pack:
    """The pack of this name or in this folder; raises Absent, and Invalid with every mistake."""
    return sound_pack(find_pack(name))


def demo_of(name: str) -> Demo:
    """The demonstration set of a pack; raises Absent, and Invalid with every mistake."""
    return read_demo(find_pack(name))


def is_demo() -> bool:
    """Whether the hub shows the demonstration set."""
    return bool(setting("demo"))


def demo_accounts() -> list[dict[str, str]]:
    """The log-ins of the demonstration, one a role: role, email, name_zh, name_en, password."""
    return list(setting("demo_accounts", []))


def need_an_empty_hub() -> None:
    """Refuse to mix a demonstration into a hub that people use."""
    if User.objects.exists():
        raise Refused(Text(
            "This hub has accounts already: a demonstration is not mixed into it. Give the demonstration a folder "
            "of its own: GRANDUNION_HOME=/some/other/folder grandunion demo",
            "本平台已有账户，不能混入演示数据。请为演示另设目录：GRANDUNION_HOME=/其他目录 grandunion demo",
        ))  # fmt: skip
