"""What a pack's files say, and what is wrong with them."""

from grandunion.adapters.packs import Pack, check_pack, find_pack, read_pack
from grandunion.terms.text import Text


def checked(name: str) -> tuple[list[Text], list[Text]]:
    """The mistakes of a pack with their places, then what nobody has verified; raises Absent without such a pack."""
    found = check_pack(find_pack(name))
    return [p.said() for p in found if not p.is_note], [p.said() for p in found if p.is_note]


def opened(name: str) -> Pack:
    """The pack of this name or in this folder; raises Absent, and Invalid with every mistake."""
    return read_pack(find_pack(name))
