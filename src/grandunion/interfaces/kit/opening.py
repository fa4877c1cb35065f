"""Opens the hub to a web server with all of it loaded."""

import gc

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver


def opened() -> WSGIHandler:
    """The hub, every page of it known: who asks first need not wait while the others are loaded.

    Nothing of what is loaded is ever rubbish: it is not looked through meanwhile, nor at any time after.
    """
    gc.disable()
    hub = get_wsgi_application()
    get_resolver().url_patterns  # noqa: B018 - to ask for them is to load them
    gc.freeze()
    gc.enable()
    return hub
