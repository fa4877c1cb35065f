"""What only some categories of need are asked: how a technology may come, in which form the money."""

from grandunion.interfaces.kit.forms import Form, choice, several_of
from grandunion.terms.achievements import Mode
from grandunion.terms.needs import Category
from grandunion.terms.offers import FinanceRound, Instrument

ASKS = {"modes_wanted": Category.TECHNOLOGY, "finance_round": Category.FINANCING,
        "instruments_wanted": Category.FINANCING}  # fmt: skip


class WantedForm(Form):
    """A form with a category and what that category is asked; a script shows only what fits."""

    modes_wanted = several_of(
        "Ways of transfer welcome", "可接受的转化方式", lambda: ((one.value, one.text) for one in Mode)
    )
    finance_round = choice("Round of financing", "融资轮次", FinanceRound, required=False)
    instruments_wanted = several_of(
        "Forms of money welcome", "可接受的资金形式", lambda: ((one.value, one.text) for one in Instrument)
    )

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)
        for name, category in ASKS.items():
            self.fields[name].when = f"category={category.value}"
        others = [name for name in self.fields if name not in ASKS]
        place = others.index("category") + 1
        self.order_fields([*others[:place], *ASKS, *others[place:]])

    def clean(self) -> dict:
        """What was answered for another category than the one chosen falls away."""
        given = super().clean()
        for name, category in ASKS.items():
            if given.get("category") != category and name in given:
                given[name] = type(given[name])()
        return given
