"""The addresses of the portal."""

from django.urls import path

from grandunion.interfaces.portal import asking, browsing, events, feeds, notices, offering, partners, stopping

urlpatterns = [
    path("", browsing.front, name="front"),
    path("technologies/", browsing.technologies),
    path("technologies/<str:number>/", browsing.technology),
    path("offers/", offering.offers),
    path("offers/<str:number>/", offering.offer),
    path("search/", offering.search),
    path("search/suggest", offering.suggest),
    path("needs/", browsing.open_needs),
    path("needs/<str:number>/", browsing.need),
    path("news/", notices.index),
    path("notices/<int:pk>/", notices.notice),
    path("areas/", partners.areas),
    path("areas/<str:code>/", partners.area),
    path("partners/", partners.partners),
    path("partners/<str:number>/", partners.partner),
    path("programmes/", partners.all_programmes),
    path("programmes/<str:code>/", partners.programme),
    path("hours/", browsing.hours),
    path("events/", events.index),
    path("events/ticket/<str:key>/", events.ticket),
    path("events/ticket/<str:key>/withdraw/", events.withdraw),
    path("events/<str:number>/", events.event),
    path("events/<str:number>/event.ics", events.ics),
    path("events/<str:number>/register/", events.register),
    path("calendar/<str:key>.ics", events.feed),
    path("ask/", asking.ask),
    path("ask/<str:key>/", asking.go_on),
    path("ask/<str:key>/keep/", asking.keep),
    path("disclose/", asking.disclose),
    path("join/", asking.join),
    path("track/<str:key>/", asking.track),
    path("messages/stop/<str:word>/", stopping.stop),
    path("feeds/technologies.atom", feeds.technologies),
    path("feeds/news.atom", feeds.news),
    path("sitemap.xml", feeds.sitemap),
    path("robots.txt", feeds.robots),
]
