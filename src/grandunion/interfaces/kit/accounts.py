"""Accounts by django-allauth: closed sign-up, the reader's address, and the officers' second factor."""

from functools import cache

from allauth.account import middleware
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from grandunion.work.actions.parties.letters import note_letter
from grandunion.work.queries import parties

FRESH_SECONDS = 300
middleware.reverse = cache(reverse)  # allauth works out two addresses that never change at every page not found
OPEN_TO_ALL = ("/accounts/", "/static/", "/language/", "/theme/", "/api/")


class SignedIn(AuthenticationBackend):
    """allauth's sign-in; the account of a session is read by a statement that is written once."""

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        user = parties.user_by_id(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by the hub (`grandunion user add`), not by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Send what allauth writes (a new password, a confirmation); that it went out stands in the journal."""
        try:
            super().send_mail(template_prefix, email, context)
            is_sent = True
        except OSError:
            is_sent = False
        if (user := context.get("user")) is not None and user.pk:
            told = template_prefix.rpartition("/")[2]
            note_letter(user, email, is_sent=is_sent, by=self.request.reader, at=self.request.at, told=told)

    def is_reauthentication_required(self, *, app: str) -> bool:
        """The password once more before the second factor changes, unless it was typed a moment ago."""
        records = get_authentication_records(self.request, self.request.user)
        return not records or self.request.at.timestamp() - records[-1]["at"] > FRESH_SECONDS


def second_factor_missing(request: HttpRequest) -> HttpResponse | None:
    """Where the hub asks its staff for a second factor, the page to set one up; otherwise nothing."""
    if not settings.SECOND_FACTOR_REQUIRED or request.path.startswith(OPEN_TO_ALL):
        return None
    if not request.user.is_authenticated or not request.reader.is_staff or request.user.has_second_factor:
        return None
    return redirect("mfa_activate_totp")
