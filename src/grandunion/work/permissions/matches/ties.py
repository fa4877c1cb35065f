"""Who may declare, confirm and read ties between parties, and who may opt out of suggestions."""

from grandunion.records.parties import Organisation, Person
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import YES, Verdict, no

DESK = no("Ties between parties are read and settled by the desk.", "关联关系由服务台查看和核实。")


def may_tie(reader: Reader, organisations: frozenset[int], persons: frozenset[int]) -> Verdict:
    """The desk declares any tie; everybody else one of their own side."""
    if reader.is_officer or organisations & reader.organisation_ids or reader.person_id in persons:
        return YES
    return no(
        "Declare ties of your own organisation or of yourself; tell the desk of others.",
        "仅可申报本单位或本人的关联关系，其他情况请告知服务台。",
    )


def may_read_ties(reader: Reader) -> Verdict:
    """The desk reads ties, for it must not bring the wrong two together."""
    return YES if reader.is_officer else DESK


def may_settle_tie(reader: Reader) -> Verdict:
    """The desk says whether a tie stands."""
    return YES if reader.is_officer else DESK


def is_own_side(reader: Reader, party: Organisation | Person) -> bool:
    """Whether the reader belongs to the organisation, or is the person."""
    return party.pk in reader.organisation_ids if party.kind == "organisation" else party.pk == reader.person_id


def may_opt_out(reader: Reader, party: Organisation | Person) -> Verdict:
    """A side opts out for itself, or the desk on its word."""
    if reader.is_officer or is_own_side(reader, party):
        return YES
    return no(
        "Only the organisation or the person itself, or the desk on their word, says where they are suggested.",
        "仅本单位、本人或受其委托的服务台可以设置推荐范围。",
    )
