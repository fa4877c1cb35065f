"""The search page, and the suggestions under the search box."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import page
from grandunion.terms.text import Text
from grandunion.work.queries import search

TITLE = Text("Search", "搜索")


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """Everything that holds the words; a number or a credit code goes straight to its record."""
    words = search.cleaned(request.GET.get("q", ""))
    if found := search.exact(words, request.reader):
        section, number = found
        return redirect(f"/w/{section}/{number}/")
    groups = search.everywhere(words, request.reader)
    return page(request, "web/search/page.html", TITLE, words=words, groups=groups, asked=quote(words))


@signed_in
def suggest(request: HttpRequest) -> HttpResponse:
    """A fragment of links for what has been typed so far."""
    words = search.cleaned(request.GET.get("q", ""))
    hits = search.suggested(words, request.reader)
    return render(request, "web/search/suggest.html", {"words": words, "hits": hits, "asked": quote(words)})


urlpatterns = [path("", index), path("suggest", suggest)]
