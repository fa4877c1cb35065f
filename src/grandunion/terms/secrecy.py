"""How confidential a record and each of its fields is."""

from enum import IntEnum

from grandunion.terms.text import Word


class Level(Word):
    """Who a record is open to."""

    PUBLIC = "public", "Public", "公开"
    MEMBERS = "members", "Members of the hub", "会员可见"
    ORGANISATION = "organisation", "The organisation and the hub's officers", "本单位与服务专员可见"
    NAMED = "named", "Named persons only", "指定人员可见"


class Secrecy(IntEnum):
    """The class of a field, from public to sealed."""

    S0 = 0  # public
    S1 = 1  # whoever sees the record's row
    S2 = 2  # the organisation and officers of the area
    S3 = 3  # owner, named persons, officer in charge; reading is journaled
    S4 = 4  # sealed: by grant with a reason; reading is journaled
