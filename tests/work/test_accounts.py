"""Accounts, roles, conflicts, grants, tokens, and two records that become one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail

from grandunion.adapters import index
from grandunion.records.journal import Entry
from grandunion.records.lists import Term
from grandunion.records.needs import Need
from grandunion.records.parties import Access, Conflict, Membership, Organisation, Person, Token, User
from grandunion.terms.needs import Category
from grandunion.terms.parties import NameKind
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.verdicts import Absent, Forbidden, Invalid, Refused
from grandunion.work.actions.parties import (
    accounts,
    end_membership,
    enrol,
    grants,
    merging,
    open_account,
    organisations,
    persons,
    signing,
)
from grandunion.work.permissions.base import may_see
from grandunion.work.queries.parties import organisation, organisation_page, reader_of, reader_of_token
from grandunion.work.queries.parties.accounts import roll
from grandunion.work.queries.parties.pages import successor
from grandunion.work.queries.parties.readers import fingerprint
from tests.cast import LONG_AGO, NOON, make_organisation, make_person, make_user

pytestmark = pytest.mark.django_db
GOOD = "wind-over-the-lake-9"


def test_an_account_is_opened_with_a_role_and_ended_on_the_next_click(
    operator: Reader, bo_company: Organisation
) -> None:
    user = open_account("Eve@Hub.example", "伊芙", "Eve", GOOD, by=operator, at=NOON)
    assert user.email == "eve@hub.example"
    assert user.check_password(GOOD)
    membership = enrol(user, Role.ENTERPRISE, bo_company, starts_on=LONG_AGO, by=operator, at=NOON)
    assert reader_of(user, NOON).organisation_ids == {bo_company.pk}
    end_membership(membership, by=operator, at=NOON)
    assert reader_of(user, NOON).organisation_ids == frozenset()
    with pytest.raises(Refused):
        end_membership(membership, by=operator, at=NOON)


@pytest.mark.parametrize(
    ("email", "password"),
    [("eve@hub.example", "short"), ("eve@hub.example", "12345678901234"), ("eve@hub.example", "eve@hub.example"),
     ("no address", GOOD), ("ada@hub.example", GOOD), ("a\x00@b.example", GOOD)],
)  # fmt: skip
def test_a_weak_password_or_a_bad_address_opens_nothing(
    operator: Reader, ada_user: User, email: str, password: str
) -> None:
    with pytest.raises(Invalid):
        open_account(email, "伊芙", "Eve", password, by=operator, at=NOON)
    assert User.objects.count() == 1


def test_nobody_but_the_administrator_gives_roles(ada: Reader, ada_user: User, operator: Reader) -> None:
    with pytest.raises(Forbidden):
        open_account("eve@hub.example", "", "Eve", GOOD, by=ada, at=NOON)
    with pytest.raises(Refused):
        enrol(ada_user, Role.ADMINISTRATOR, starts_on=LONG_AGO, by=ada, at=NOON)


def test_a_hub_role_has_no_organisation_and_every_other_has_one(
    operator: Reader, ada_user: User, bo_company: Organisation
) -> None:
    for role, at_company in ((Role.OFFICER, bo_company), (Role.ENTERPRISE, None)):
        with pytest.raises(Refused):
            enrol(ada_user, role, at_company, starts_on=LONG_AGO, by=operator, at=NOON)


def test_a_declared_conflict_closes_the_companys_records_and_only_another_ends_it(
    ada: Reader, ada_user: User, bo_company: Organisation, operator: Reader
) -> None:
    conflict = accounts.declare_conflict(ada_user, bo_company, "a shareholder", by=ada, at=NOON)
    assert not may_see(reader_of(ada_user, NOON), bo_company)
    with pytest.raises(Forbidden):
        accounts.end_conflict(conflict, by=ada, at=NOON)
    accounts.end_conflict(conflict, by=operator, at=NOON)
    assert may_see(reader_of(ada_user, NOON), bo_company)


def test_a_token_works_until_it_ends_or_is_revoked_and_is_kept_as_a_fingerprint_only(
    bo: Reader, bo_user: User, dee: Reader
) -> None:
    token, plain = accounts.issue_token(bo_user, "Report", ["read"], 30, by=bo, at=NOON)
    assert token.fingerprint == fingerprint(plain)
    assert plain not in str(token.__dict__)
    assert reader_of_token(plain, NOON) == replace(bo, scopes=frozenset({"read"}))
    assert reader_of_token(plain, NOON + timedelta(days=31)) is None
    assert reader_of_token("gu_\ud800", NOON) is None
    with pytest.raises(Forbidden):
        accounts.revoke_token(token, by=dee, at=NOON)
    accounts.revoke_token(token, by=bo, at=NOON)
    assert reader_of_token(plain, NOON) is None


def test_a_token_speaks_for_exactly_who_its_user_is_at_that_moment() -> None:
    here = Term.objects.create(list="areas", code="here", name_zh="此处", name_en="Here")
    user = make_user("many@hub.example", Role.OFFICER, area=here)
    for name in ("Mine Ltd", "Ours Ltd"):
        Membership.objects.create(
            user=user, organisation=make_organisation(name), role=Role.ENTERPRISE, starts_on=LONG_AGO
        )
    Membership.objects.create(user=user, role=Role.PLANNER, starts_on=LONG_AGO, ends_on=NOON.date())
    torn = make_organisation("Torn Ltd")
    Conflict.objects.create(user=user, organisation=torn, reason="Shares", declared_at=NOON)
    Conflict.objects.create(user=user, organisation=make_organisation("Sold Ltd"), reason="Shares",
                            declared_at=NOON, ended_at=NOON)  # fmt: skip
    _, plain = accounts.issue_token(user, "Report", ["write"], 30, by=reader_of(user, NOON), at=NOON)
    found = reader_of_token(plain, NOON)
    assert found == replace(reader_of(user, NOON), scopes=frozenset({"write"}))
    assert (len(found.organisation_ids), found.conflicts, found.areas) == (2, {torn.pk}, {here.pk})
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert reader_of_token(plain, NOON) is None


def test_a_token_of_somebody_without_any_role_speaks_for_somebody_without_any_role() -> None:
    user = make_user("nobody@x.example", None)
    _, plain = accounts.issue_token(user, "Report", ["read"], 30, by=reader_of(user, NOON), at=NOON)
    assert reader_of_token(plain, NOON) == replace(reader_of(user, NOON), scopes=frozenset({"read"}))


@pytest.mark.parametrize(
    ("name", "scopes", "days"), [("", ["read"], 1), ("a", [], 1), ("a", ["all"], 1), ("a", ["read"], 366)]
)
def test_a_token_without_name_scope_or_end_is_refused(
    bo: Reader, bo_user: User, name: str, scopes: list, days: int
) -> None:
    with pytest.raises(Invalid):
        accounts.issue_token(bo_user, name, scopes, days, by=bo, at=NOON)
    assert not Token.objects.unscoped("the test looks at the table").exists()


def test_a_token_speaks_only_for_who_asked_for_it(bo: Reader, ada_user: User) -> None:
    with pytest.raises(Forbidden):
        accounts.issue_token(ada_user, "Theft", ["read"], 1, by=bo, at=NOON)


def test_a_grant_opens_the_record_for_a_time_and_the_owner_is_told(
    bo: Reader, bo_company: Organisation, dee_user: User, django_capture_on_commit_callbacks: Callable
) -> None:
    need = Need.objects.create(
        number="NED-2026-0001", title_en="Sealant", level=Level.NAMED, owner=bo_company, created_at=NOON,
        updated_at=NOON, state_at=NOON, state="triage", category=Category.FINANCING,
    )  # fmt: skip
    dee = reader_of(dee_user, NOON)
    assert not may_see(dee, need)
    with django_capture_on_commit_callbacks(execute=True):
        access = grants.grant(
            need, dee_user, "due diligence", Secrecy.S2, expires_at=NOON + timedelta(days=30), by=bo, at=NOON
        )
    assert may_see(dee, need)
    assert not may_see(reader_of(dee_user, NOON + timedelta(days=31)), need)
    assert [(letter.to, need.number in letter.body) for letter in mail.outbox] == [([bo.email], True)]
    assert "Sealant" not in mail.outbox[0].body
    sent = Entry.objects.get(verb="letter.sent", subject_kind="need", subject_id=need.pk)
    assert sent.values["to"] == [None, "b…@company.example"]
    assert sent.values["message_id"] == [None, mail.outbox[0].extra_headers["Message-ID"]]
    grants.withdraw(need, access, by=bo, at=NOON)
    assert not may_see(dee, need)
    verbs = Entry.objects.filter(subject_kind="need").order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["access.granted", "letter.sent", "access.withdrawn"]


@pytest.mark.parametrize(("days", "reason"), [(181, "why"), (0, "why"), (30, "  ")])
def test_a_grant_without_reason_or_beyond_180_days_is_refused(
    bo: Reader, bo_company: Organisation, dee_user: User, days: int, reason: str
) -> None:
    with pytest.raises(Invalid):
        grants.grant(bo_company, dee_user, reason, expires_at=NOON + timedelta(days=days), by=bo, at=NOON)


def test_nobody_grants_deeper_than_they_read(
    ada: Reader, dee: Reader, bo_company: Organisation, dee_user: User
) -> None:
    for reader, depth in ((ada, Secrecy.S3), (dee, Secrecy.S1)):
        with pytest.raises(Forbidden):
            grants.grant(bo_company, dee_user, "why", depth, expires_at=NOON + timedelta(days=1), by=reader, at=NOON)


def twins(by: Reader) -> tuple[Organisation, Organisation]:
    """Two records of one company, each with something the other lacks, and one label in common."""
    label = Term.objects.create(list="labels", code="gazelle", name_zh="瞪羚企业", name_en="Gazelle")
    made = []
    for name, more in (
        ("合肥星火科技有限公司", {"city": "合肥"}),
        ("星火科技", {"name_en": "Spark", "website": "https://a.example"}),
    ):
        one = organisations.create({"organisation_kind": "enterprise", "name_zh": name, **more}, by=by, at=NOON,
                                   is_confirmed=True)  # fmt: skip
        organisations.add_label(one, label, 2025, by=by, at=NOON)
        made.append(one)
    return made[0], made[1]


def test_a_merge_moves_everything_that_hung_on_the_other_record(ada: Reader, bo_user: User, operator: Reader) -> None:
    survivor, absorbed = twins(ada)
    older = make_organisation("Older", status="merged", merged_into=absorbed)
    person: Person = make_person("Founder")
    persons.place(person, absorbed, "founder", by=ada, at=NOON, starts_on=date(2020, 1, 1))
    organisations.add_name(absorbed, "老星火", NameKind.FORMER, by=ada, at=NOON)
    enrol(bo_user, Role.ENTERPRISE, absorbed, starts_on=LONG_AGO, by=operator, at=NOON)
    grants.grant(absorbed, bo_user, "why", expires_at=NOON + timedelta(days=9), by=ada, at=NOON)
    need = Need.objects.create(number="NED-2026-0001", title_en="Sealant", owner=absorbed, created_at=NOON,
                               updated_at=NOON, state_at=NOON, state="triage", category=Category.FINANCING)  # fmt: skip
    row = merging.merge(survivor, absorbed, by=ada, at=NOON)

    found = organisation(survivor.number, ada)
    shown = organisation_page(found, ada)
    assert (found.name_en, found.website, found.city) == ("Spark", "https://a.example", "合肥")
    assert {name.name for name in shown.names} == {"老星火", "星火科技"}
    assert [position.person for position in shown.positions] == [person]
    assert len(shown.labels) == 1
    assert shown.absorbed == (absorbed.number,)
    assert survivor.pk in reader_of(bo_user, NOON).organisation_ids
    assert Need.objects.unscoped("the test looks at the table").get(pk=need.pk).owner_id == survivor.pk
    assert Access.objects.unscoped("the test looks at the table").get().subject_id == survivor.pk
    assert row.snapshot["fields"]["website"] == "https://a.example"
    assert "Need.owner" in row.snapshot["moved"]

    gone = organisation(absorbed.number, ada)
    assert (gone.status, gone.merged_into_id) == ("merged", survivor.pk)
    assert successor(organisation(older.number, ada), ada) == survivor
    assert absorbed.pk not in index.kept_ids("organisation")
    verbs = Entry.objects.filter(verb="organisation.merged").values_list("subject_number", flat=True)
    assert set(verbs) == {survivor.number, absorbed.number}


def test_nothing_points_to_an_absorbed_record_any_more(ada: Reader, operator: Reader, bo_user: User) -> None:
    survivor, absorbed = twins(ada)
    enrol(bo_user, Role.ENTERPRISE, absorbed, starts_on=LONG_AGO, by=operator, at=NOON)
    merging.merge(survivor, absorbed, by=ada, at=NOON)
    for relation in Organisation._meta.get_fields(include_hidden=True):
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            rows = relation.related_model._base_manager.filter(**{relation.field.name: absorbed})
            assert not rows.exists(), relation


def test_two_credit_codes_are_two_organisations_and_a_merged_record_is_not_merged_again(
    ada: Reader, dee: Reader
) -> None:
    survivor, absorbed = twins(ada)
    with pytest.raises(Refused):
        merging.merge(survivor, absorbed, by=dee, at=NOON)
    merging.merge(survivor, absorbed, by=ada, at=NOON)
    for first, second in ((survivor, absorbed), (absorbed, survivor), (survivor, survivor)):
        with pytest.raises(Refused):
            merging.merge(first, second, by=ada, at=NOON)
    one, other = (make_organisation(f"Coded {place}", credit_code=f"{place}" * 18) for place in (1, 2))
    with pytest.raises(Refused):
        merging.merge(one, other, by=ada, at=NOON)


def test_an_absorbed_credit_code_goes_on_with_the_survivor(ada: Reader) -> None:
    survivor, absorbed = make_organisation("One"), make_organisation("Two", credit_code="1" * 18, ror="04c4dkn09")
    merging.merge(survivor, absorbed, by=ada, at=NOON)
    found = organisation(survivor.number, ada)
    assert (found.credit_code, found.ror) == ("1" * 18, "04c4dkn09")


def test_a_hidden_person_or_organisation_is_absent(dee: Reader) -> None:
    hidden = make_organisation("Hidden", level=Level.NAMED)
    for number in (hidden.number, "ORG-0", "\x00", "\ud800", 10**30):
        with pytest.raises(Absent):
            organisation(number, dee)


def test_memberships_cannot_be_ended_by_others(ada: Reader, dee_user: User) -> None:
    held = Membership.objects.unscoped("the test looks at the table").get(user=dee_user)
    with pytest.raises(Forbidden):
        end_membership(held, by=ada, at=NOON)


@pytest.fixture
def ann(db: None) -> Reader:
    """Ann, the administrator."""
    return reader_of(make_user("ann@hub.example", Role.ADMINISTRATOR), NOON)


def test_an_administrator_suspends_and_reopens_and_both_are_noted(
    ann: Reader, bo_user: User, sign_in: Callable
) -> None:
    browser = sign_in(bo_user)
    assert browser.get("/w/account/").status_code == 200
    accounts.close_account(bo_user, by=ann, at=NOON)
    assert browser.get("/w/account/").status_code == 302
    signing.reopen_account(bo_user, by=ann, at=NOON)
    assert browser.get("/w/account/").status_code == 200
    with pytest.raises(Refused):
        signing.reopen_account(bo_user, by=ann, at=NOON)
    verbs = list(Entry.objects.filter(subject_kind="account").order_by("seq").values_list("verb", "actor_name"))
    assert verbs == [("account.closed", "Ann"), ("account.reopened", "Ann")]


def test_a_link_goes_out_once_and_the_journal_knows_of_it_without_the_link(
    ann: Reader, bo_user: User, django_capture_on_commit_callbacks: Callable
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        signing.hand_link(bo_user, "https://hub.example/secret-link/", by=ann, at=NOON)
        with pytest.raises(Refused, match="a moment ago"):
            signing.hand_link(bo_user, "https://hub.example/other-link/", by=ann, at=NOON + timedelta(seconds=20))
    (letter,) = mail.outbox
    assert "secret-link" in letter.body
    sent = Entry.objects.get(verb="letter.sent")
    assert (sent.subject_kind, sent.subject_id) == ("account", bo_user.pk)
    assert sent.values["message_id"] == [None, letter.extra_headers["Message-ID"]]
    assert not [one for one in Entry.objects.all() if "link/" in str(one.values)]
    with django_capture_on_commit_callbacks(execute=True):
        signing.hand_link(bo_user, "https://hub.example/later-link/", by=ann, at=NOON + timedelta(minutes=2))
    assert len(mail.outbox) == 2


def test_a_letter_that_cannot_go_out_stands_in_the_journal_and_undoes_nothing(
    ann: Reader, bo_user: User, postbox, django_capture_on_commit_callbacks: Callable
) -> None:
    postbox.answers.append("554 no")
    with django_capture_on_commit_callbacks(execute=True):
        signing.hand_link(bo_user, "https://hub.example/secret-link/", by=ann, at=NOON)
    assert postbox.letters == []
    verbs = list(Entry.objects.filter(subject_kind="account").order_by("seq").values_list("verb", flat=True))
    assert verbs == ["account.link_made", "letter.failed"]


def test_a_forgotten_passwords_letter_is_journaled_too(bo_user: User, client) -> None:
    assert client.post("/accounts/password/reset/", {"email": bo_user.email}).status_code == 302
    assert [letter.to for letter in mail.outbox] == [[bo_user.email]]
    sent = Entry.objects.get(verb="letter.sent", subject_id=bo_user.pk)
    assert sent.values["told"] == [None, "password_reset_key"]


def test_a_second_factor_is_reset_with_the_sessions_and_its_owner_is_told(
    ann: Reader, bo_user: User, sign_in: Callable, django_capture_on_commit_callbacks: Callable
) -> None:
    browser, other = sign_in(bo_user), sign_in(make_user("cat@hub.example", None))
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=bo_user, type=kind, data={})
    with django_capture_on_commit_callbacks(execute=True):
        signing.reset_second_factor(bo_user, by=ann, at=NOON)
    assert not Authenticator.objects.exists()
    assert browser.get("/w/account/").status_code == 302
    assert other.get("/w/account/").status_code == 200
    assert [letter.to for letter in mail.outbox] == [["bo@company.example"]]
    with pytest.raises(Refused):
        signing.reset_second_factor(bo_user, by=ann, at=NOON)


def test_all_sessions_of_one_account_end_and_no_other(ann: Reader, bo_user: User, dee_user: User, sign_in: Callable):
    first, second, dees = sign_in(bo_user), sign_in(bo_user), sign_in(dee_user)
    assert signing.end_sessions(bo_user, by=ann, at=NOON) == 2
    assert {browser.get("/w/account/").status_code for browser in (first, second)} == {302}
    assert dees.get("/w/account/").status_code == 200
    with pytest.raises(Refused):
        signing.end_sessions(bo_user, by=ann, at=NOON)


DEEDS = [accounts.close_account, signing.reopen_account, signing.reset_second_factor, signing.end_sessions]


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("who", ["ada", "bo", "chen", "dee"])
def test_nobody_else_looks_after_accounts(request, who, deed, office_user):
    with pytest.raises(Forbidden):
        deed(office_user, by=request.getfixturevalue(who), at=NOON)


def test_an_administrator_does_nothing_to_the_own_account(ann: Reader) -> None:
    own = User.objects.get(email="ann@hub.example")
    for deed in DEEDS:
        with pytest.raises(Forbidden):
            deed(own, by=ann, at=NOON)
    with pytest.raises(Refused):
        enrol(own, Role.OFFICER, starts_on=LONG_AGO, by=ann, at=NOON)


def test_the_roll_is_found_by_words_role_and_standing_in_few_queries(ann, bo_user, dee_user, queries, reading):
    accounts.close_account(dee_user, by=ann, at=NOON)

    def found(**asked: str) -> list[str]:
        return [line.user.email for line in roll(NOON, **asked).lines]

    with reading(), queries(at_most=4):
        assert found() == ["ann@hub.example", "bo@company.example", "dee@elsewhere.example"]
    assert found(words="BO@") == found(role="enterprise") == ["bo@company.example"]
    assert found(standing="closed") == ["dee@elsewhere.example"]
    assert [row.organisation.name_en for row in roll(NOON, words="bo@").lines[0].roles] == ["Bo Robotics"]
    with pytest.raises(Invalid):
        found(role="king")
