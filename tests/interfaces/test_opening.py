"""How the hub opens to a web server."""

import gc

from django.urls import clear_url_caches, get_resolver

from grandunion.interfaces.kit.opening import opened


def test_the_hub_opens_with_every_page_loaded_and_none_of_that_looked_through_again():
    clear_url_caches()
    gc.unfreeze()
    hub = opened()
    assert "url_patterns" in vars(get_resolver())
    assert gc.get_freeze_count() > 100_000
    assert gc.isenabled()
    assert callable(hub)
