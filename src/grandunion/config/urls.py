"""All addresses of the hub."""

from django.urls import include, path

from grandunion.interfaces.kit import switches
from grandunion.interfaces.web import home

urlpatterns = [
    path("api/v1/", include("grandunion.interfaces.api.urls")),
    path("w/", include("grandunion.interfaces.web.urls")),
    path("help/", home.guide, name="help"),
    path("language/", switches.language, name="language"),
    path("theme/", switches.theme, name="theme"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("", include("grandunion.interfaces.portal.urls")),
]
