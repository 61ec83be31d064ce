"""Where every page is."""

from django.urls import include, path

urlpatterns = [
    path("", include("commonhaven.web.home.urls")),
    path("account/", include("commonhaven.web.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("library/", include("commonhaven.web.library.urls")),
    path("processes/", include("commonhaven.web.processes.urls")),
    path("fora/", include("commonhaven.web.processes.fora_urls")),
    path("practices/", include("commonhaven.web.exchange.public_urls")),
    path("try/", include("commonhaven.web.sandbox.urls")),
    path("indicators/", include("commonhaven.web.indicators.urls")),
    path("search/", include("commonhaven.web.search.urls")),
    path("notices/", include("commonhaven.web.notices.urls")),
    path("api/", include("commonhaven.web.api.urls")),
    path("groups/", include("commonhaven.web.groups.urls")),
    path("groups/<slug:slug>/people/", include("commonhaven.web.accounts.group_urls")),
    path("groups/<slug:slug>/situations/", include("commonhaven.web.situations.urls")),
    path("groups/<slug:slug>/meetings/", include("commonhaven.web.meetings.urls")),
    path("groups/<slug:slug>/plans/", include("commonhaven.web.plans.urls")),
    path("groups/<slug:slug>/decisions/", include("commonhaven.web.decisions.urls")),
    path("groups/<slug:slug>/promises/", include("commonhaven.web.commitments.urls")),
    path("groups/<slug:slug>/funds/", include("commonhaven.web.funds.urls")),
    path("groups/<slug:slug>/good-faith/", include("commonhaven.web.good_faith.urls")),
    path("groups/<slug:slug>/flows/", include("commonhaven.web.flows.urls")),
    path("groups/<slug:slug>/exchange/", include("commonhaven.web.exchange.urls")),
    path("groups/<slug:slug>/record/", include("commonhaven.web.record.urls")),
]
handler404 = "commonhaven.web.kit.errors.not_found"
handler500 = "commonhaven.web.kit.errors.failed"
