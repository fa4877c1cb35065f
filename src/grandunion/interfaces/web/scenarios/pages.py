"""The pages of what is written on one page, proposals and bids alike: the list, the record, the draft, the moves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit import lists as kit_lists
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import happenings, offers, saving, worded
from grandunion.interfaces.kit.tones import tone
from grandunion.interfaces.web import documents
from grandunion.interfaces.web.scenarios import showing
from grandunion.interfaces.web.scenarios.asking import FeedbackForm, ReasonForm
from grandunion.interfaces.web.scenarios.words import TOLD, VERBS
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text, Word
from grandunion.terms.verdicts import Absent, Forbidden, Verdict, require
from grandunion.work.actions import scenarios as actions
from grandunion.work.permissions.base import access_rows, clearance
from grandunion.work.queries import journal, scenarios
from grandunion.work.queries.base import Listing

FACTS = (
    (None, ("trl", "price", "weeks", "submitted_at", "capability")),
    (Text("Who stands behind it", "团队与基础"), ("team", "milestones", "expertise", "techniques", "references")),
    (Text("Contact", "联系方式"), ("contact_name", "contact_phone", "contact_email")),
)  # fmt: skip
PROSE = ("solution", "rationale", "validation", "plan", "needs")
MOVE_FORMS: Mapping[str, type[Form]] = {"decline": FeedbackForm, "refuse": FeedbackForm, "withdraw": ReasonForm}
NEXT = ("admit", "shortlist")
Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Kind:
    """Proposals or bids: where they stand, what they are called, and who judges them."""

    home: str
    listing: Listing
    get: Callable[[str, object], object]
    states: type[Word]
    form: type[Form]
    offers: Callable[[object, object], tuple]
    may_write: Callable[[object, object], Verdict]
    of: str  # the field of what it is for
    of_home: str
    deadline: Callable[[object], object]

    @property
    def crumb(self) -> tuple[Text, str]:
        return self.listing.name, self.home

    def addresses(self) -> list[URLPattern]:
        """The addresses of the section."""
        return [
            path("", signed_in(self.index)),
            path("<str:number>/", signed_in(self.record)),
            path("<str:number>/edit/", signed_in(self.edit)),
            path("<str:number>/keep/", signed_in(require_POST(self.keep))),
            path("<str:number>/moves/<str:code>/", signed_in(self.move)),
        ]

    def index(self, request: HttpRequest) -> HttpResponse:
        """All the reader may see."""
        return kit_lists.show(request, self.listing, template="web/scenarios/list.html", here=self.listing.code)

    def record(self, request: HttpRequest, number: str) -> HttpResponse:
        """One, as deep as the reader reads it."""
        reader, found = request.reader, self.get(number, request.reader)
        depth, base = clearance(reader, found, access_rows(reader, found)), f"{self.home}{number}/"
        fields, offered = scenarios.one_page(found, depth).fields, self.offers(reader, found)
        lines = [line for line in journal.timeline(found, depth) if not line.verb.startswith("access.")]
        case = getattr(found, self.of)
        return page(
            request, "web/scenarios/page.html", showing.called(found, depth), section="scenarios", number=number,
            subtitle=showing.side(found, depth),
            state=self.states(found.state).text, tone=tone(found.state),
            crumbs=[self.crumb, (Text(number, number), "")], actions=self._head_deeds(request, found, offered),
            record=found, case=case, case_url=f"{self.of_home}{case.number}/", feedback=fields.get("feedback"),
            prose=[(showing.FIELDS[name], fields[name]) for name in PROSE if fields.get(name)],
            facts=showing.facts_of(fields, FACTS), offers=offers(offered, MOVE_FORMS, base),
            entries=happenings(worded(lines, showing.WORDS), VERBS, TOLD), files=documents.panel(request, found, depth),
        )  # fmt: skip

    def _head_deeds(self, request: HttpRequest, found: object, offered: tuple) -> list[Deed]:
        base, allowed = f"{self.home}{found.number}/", {move.code: move for move, verdict in offered if verdict}
        if self.may_write(request.reader, found):
            return [Deed(f"{base}edit/", Text("Go on writing", "继续填写"), "pencil", is_primary=True)]
        code = next((code for code in NEXT if code in allowed), None)
        if code is None:
            return []
        return [Deed(f"{base}moves/{code}/", allowed[code].label, "arrow-right", is_primary=True)]

    def edit(self, request: HttpRequest, number: str) -> HttpResponse:
        """Write the draft; it is kept while one types, saved with one button and handed in with the other."""
        found = self.get(number, request.reader)
        require(self.may_write(request.reader, found), Forbidden)
        form = self.form.of(request, version=found.version, **showing.kept(found, self.form))

        def save(values: Values) -> HttpResponse:
            given = dict(values)
            version = given.pop("version", None)
            given.pop("submission", None)
            if request.POST.get("then") == "hand_in":
                actions.hand_in(found, values=given, version=version, **showing.who(request))
                return done(request, f"{self.home}{number}/", Text("{number} is handed in.", "已提交 {number}。").fill(
                    number=number))  # fmt: skip
            actions.save_page(found, given, version=version, **showing.who(request))
            return done(request, f"{self.home}{number}/edit/", Text("Saved as a draft.", "草稿已保存。"))

        case = getattr(found, self.of)
        return saving(
            request, form, save, template="web/scenarios/writing.html", title=showing.called(found, Secrecy.S1),
            section="scenarios",
            crumbs=[self.crumb, (Text(number, number), f"{self.home}{number}/"), (Text("Write", "填写"), "")],
            cancel_url=f"{self.home}{number}/", draft_url=f"{self.home}{number}/keep/", case=case,
            deadline=self.deadline(case), is_sealed=self.of == "challenge",
        )  # fmt: skip

    def keep(self, request: HttpRequest, number: str) -> HttpResponse:
        """Keep what is being typed; what does not fit yet is left until it is saved."""
        found = self.get(number, request.reader)
        form = self.form(request.POST)
        sound = form.is_valid()
        given = {name: value for name, value in form.cleaned_data.items() if name not in ("version", "submission")}
        version = form.cleaned_data.get("version")
        if version is None:
            raise Absent
        actions.keep_page(found, given, version=version, **showing.who(request))
        return HttpResponse(status=204 if sound else 202)

    def move(self, request: HttpRequest, number: str, code: str) -> HttpResponse:
        """Make a move; a GET shows its form as a page."""
        found = self.get(number, request.reader)
        offered = {one.code: one.label for one, _ in self.offers(request.reader, found)}
        if code not in offered or code not in DO:
            raise Absent
        form = MOVE_FORMS.get(code, Form).of(request, version=found.version)

        def save(values: Values) -> HttpResponse:
            DO[code](found, values, request)
            # Whoever withdraws or takes back goes on reading; a demand unit may not.
            return done(request, self.home if code == "take_back" and not self._is_own(request, found) else
                        f"{self.home}{number}/", Text("{deed}: done.", "已办理：{deed}。").fill(
                            deed=offered[code]))  # fmt: skip

        return showing.deed(request, found, form, save, offered[code], self.crumb)

    def _is_own(self, request: HttpRequest, found: object) -> bool:
        return found.owner_id in request.reader.organisation_ids


def _plain(verb: Callable[..., object], *names: str) -> Callable[[object, Values, HttpRequest], object]:
    def do(found: object, values: Values, request: HttpRequest) -> object:
        given = {name: str(values[name]) for name in names}
        return verb(found, version=values.get("version"), **given, **showing.who(request))

    return do


DO = {
    "hand_in": _plain(actions.hand_in),
    "take_back": _plain(actions.take_back),
    "shortlist": _plain(actions.shortlist),
    "decline": _plain(actions.decline, "feedback"),
    "withdraw": _plain(actions.withdraw, "reason"),
    "admit": _plain(actions.admit),
    "refuse": _plain(actions.refuse, "feedback"),
}
