"""All addresses of the hub."""

from django.urls import include, path

from grandunion.interfaces.kit import switches

urlpatterns = [
    path("w/", include("grandunion.interfaces.web.urls")),
    path("language/", switches.language, name="language"),
    path("theme/", switches.theme, name="theme"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
]
