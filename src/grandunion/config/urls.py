"""All addresses of the hub."""

from django.urls import include, path

from grandunion.interfaces.kit import failing, switches
from grandunion.interfaces.web import home

handler400, handler403, handler404 = failing.unreadable, failing.forbidden, failing.absent
handler429, handler500 = failing.too_often, failing.broken

urlpatterns = [
    path("api/v1/", include("grandunion.interfaces.api.urls")),
    path("w/", include("grandunion.interfaces.web.urls")),
    path("help/", home.guide, name="help"),
    path("language/", switches.language, name="language"),
    path("theme/", switches.theme, name="theme"),
    path("accounts/email/", failing.absent),  # the hub opens accounts; their addresses are not changed here
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("", include("grandunion.interfaces.portal.urls")),
]
