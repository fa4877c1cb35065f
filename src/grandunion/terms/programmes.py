"""Words of programmes and policies."""

from grandunion.terms.text import Word


class Knowledge(Word):
    """How much is known of something named in a document."""

    FULL = "full", "Rules known", "规则已知"
    PARTLY = "partly", "Partly known", "部分已知"
    NAMED_ONLY = "named_only", "Named only", "仅有名称"
