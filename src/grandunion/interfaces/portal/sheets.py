"""What the public forms become once they are handed in: a need, or a disclosed achievement."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from grandunion.interfaces.kit.tags import said
from grandunion.interfaces.kit.wanted import ASKS
from grandunion.interfaces.portal import forms
from grandunion.terms.needs import ApplicantType, Category
from grandunion.terms.parties import PartnerRole
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent
from grandunion.work.actions.achievements.receiving import Named, receive
from grandunion.work.actions.needs.asking import ask
from grandunion.work.queries import lists
from grandunion.work.queries.achievements.public import technology, tracked_disclosure
from grandunion.work.queries.documents import Tracked
from grandunion.work.queries.matches.public import public_offer
from grandunion.work.queries.needs.public import tracked_need, wanted

Filled = Mapping[str, forms.PublicForm]  # the forms of all steps, each found valid
INTERESTED = Text("Interested in {number}: {title}", "意向对接 {number}：{title}")
JOINS = Text("{name}: wants to become a partner ({role})", "{name}：申请成为合作伙伴（{role}）")
HELPS = Text("Can help with {number}: {title}", "可协助解决 {number}：{title}")
CONTACT = ("applicant_type", "contact_name", "contact_email", "contact_phone")
TEAM = ("applicant_name", "area", "industry")
WISH = ("category", "subject", "attempts_so_far", "wanted_by", "budget", *ASKS)
PLAIN = ("achievement_kind", "keywords", "prior_publication", "is_service_achievement", "abstract_confidential",
         "problem", "modes_wanted", "owner_name")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a public form."""

    code: str
    text: Text
    form: type[forms.PublicForm]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A public form: its steps, what handing it in does, and how it is followed afterwards."""

    code: str
    title: Text
    about: Text
    handed_in: Text  # what it is called once it is handed in
    steps: tuple[Step, ...]
    hand_in: Callable[..., object]
    tracked: Callable[..., Tracked]

    def step(self, code: str) -> Step:
        """The step of this code; raises Absent."""
        found = next((step for step in self.steps if step.code == code), None)
        if found is None:
            raise Absent
        return found

    def after(self, code: str) -> Step | None:
        """The step that follows, or none after the last."""
        place = [step.code for step in self.steps].index(code) + 1 if code else 0
        return self.steps[place] if place < len(self.steps) else None


def in_its_language(name: str, text: str) -> dict[str, str]:
    """A text under the name of its language: Chinese where there is a Chinese character in it."""
    is_chinese = any("一" <= sign <= "鿿" for sign in text)
    return {f"{name}_zh" if is_chinese else f"{name}_en": text}


def beginning(sheet: Sheet, step: Step, answers: Mapping[str, Mapping], at: datetime) -> dict[str, object]:
    """What stands in a step that was not filled yet: the matter the asker saw here, or the whole share."""
    if step.form is forms.SharesForm:
        return {"share_1": 100}
    about = str(answers.get("contact", {}).get("about", ""))
    if step.form is not forms.NeedForm or not about:
        return {}
    return _about(about, at)


def _about(number: str, at: datetime) -> dict[str, object]:
    """A need that refers to a public technology or offer, or an offer of help for a public need."""
    try:
        if number.startswith("ACH-"):
            said_as, row, category = INTERESTED, technology(number, at), Category.TECHNOLOGY
        elif number.startswith("OFR-"):
            said_as, row = INTERESTED, public_offer(number, at)
            category = row.category
        else:
            said_as, row, category = HELPS, wanted(number, at), Category.OTHER
    except Absent:
        return {}
    return {"category": category.value, "title": said(said_as.fill(number=row.number, title=row.title))[:200]}


def _hand_in_need(draft: object, filled: Filled, *, key: str, by: Reader, at: datetime) -> object:
    contact, team, wish = (filled[code].cleaned_data for code in ("contact", "team", "need"))
    values = {name: contact[name] for name in CONTACT} | {name: team[name] for name in TEAM}
    values |= {name: wish[name] for name in WISH}
    values |= in_its_language("title", wish["title"]) | in_its_language("text", wish["text"])
    values |= {name: value for name, value in filled["need"].values().items() if name == "details"}
    return ask(draft, values, key=key, by=by, at=at)


def _hand_in_disclosure(draft: object, filled: Filled, *, key: str, by: Reader, at: datetime) -> object:
    given = {name: value for form in filled.values() for name, value in form.cleaned_data.items()}
    values = {name: given[name] for name in PLAIN}
    values |= in_its_language("title", given["title"]) | in_its_language("abstract_public", given["abstract"])
    values |= {"trl": int(given["trl"]) if given["trl"] else None, "field": lists.term("fields", given["field"])}
    place = given["owner_name"]
    first = Named(given["contact_name"], given["share_1"], place, given["contact_email"], given["contact_phone"])
    others = [Named(name, share, place) for name, share in filled["shares"].others()]
    return receive(draft, values, [first, *others], funding=given["funding"], at=at)


def _hand_in_partner(draft: object, filled: Filled, *, key: str, by: Reader, at: datetime) -> object:
    """An application is a matter for the desk: somebody answers it, on the same clock as every other."""
    contact, applicant, wish = (filled[code].cleaned_data for code in ("contact", "applicant", "partnership"))
    values = {name: contact[name] for name in CONTACT if name != "applicant_type"}
    values |= {"applicant_type": ApplicantType.PARTNER.value, "category": Category.OTHER.value}
    values |= {"applicant_name": applicant["applicant_name"], "industry": applicant["industry"]}
    title = JOINS.fill(name=applicant["applicant_name"], role=PartnerRole(wish["partner_role"]).text)
    values |= {"title_zh": title.zh[:200], "title_en": title.en[:200]}
    told = (wish["brings"], wish["wants"], applicant["place"], applicant["homepage"])
    return ask(draft, values | in_its_language("text", "\n\n".join(filter(None, told))), key=key, by=by, at=at)


HELP = Sheet(
    "help", Text("Ask for help", "提出需求"),
    Text(
        "Three short steps, each saved. Everybody may ask; an officer calls you back.",
        "三步填写，逐步保存；人人可提，服务专员将与您联系。",
    ),
    Text("Your request", "您的需求"),
    (
        Step("contact", Text("Contact", "联系人"), forms.AskerForm),
        Step("team", Text("Organisation or team", "单位或团队"), forms.TeamForm),
        Step("need", Text("What is needed", "需求内容"), forms.NeedForm),
    ),
    _hand_in_need, tracked_need,
)  # fmt: skip
DISCLOSE = Sheet(
    "disclose", Text("Disclose an achievement", "披露科技成果"),
    Text(
        "Four steps, each saved. What you mark as confidential is never shown in public.",
        "四步填写，逐步保存；保密内容不会公开。",
    ),
    Text("Your disclosure", "您的成果披露"),
    (
        Step("contact", Text("You", "您的信息"), forms.InventorForm),
        Step("achievement", Text("The achievement", "成果概况"), forms.AchievementForm),
        Step("secret", Text("Confidential", "保密内容"), forms.SecretForm),
        Step("shares", Text("Inventors", "发明人"), forms.SharesForm),
    ),
    _hand_in_disclosure, tracked_disclosure,
)  # fmt: skip
JOIN = Sheet(
    "join", Text("Become a partner", "成为合作伙伴"),
    Text(
        "Three short steps, each saved. An officer answers everybody who applies.",
        "三步填写，逐步保存；每份申请均有服务专员答复。",
    ),
    Text("Your application", "您的申请"),
    (
        Step("contact", Text("Contact", "联系人"), forms.ContactForm),
        Step("applicant", Text("Who you are", "申请方"), forms.ApplicantForm),
        Step("partnership", Text("What you bring", "合作意向"), forms.PartnershipForm),
    ),
    _hand_in_partner, tracked_need,
)  # fmt: skip
SHEETS = {sheet.code: sheet for sheet in (HELP, DISCLOSE, JOIN)}
