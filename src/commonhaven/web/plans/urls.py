"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.plans import acting, moving, views

app_name = "plans"
urlpatterns = [
    path("", views.plans_list, name="list"),
    path("compute/", views.compute, name="compute"),
    path("rules/", views.rules, name="rules"),
    path("proposals/<int:meeting>/", views.proposals, name="proposals"),
    path("opinions/<int:pk>/", acting.opinion_page, name="opinion_page"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/plan.json", views.download, name="download"),
    path("<int:pk>/states/<str:code>/", views.explained, name="state"),
    path("<int:pk>/working/", views.trace, name="trace"),
    path("<int:pk>/pictures/", views.drawings, name="pictures"),
    path("<int:pk>/talks/", views.talks, name="talks"),
    path("<int:pk>/move/", moving.move, name="move"),
    path("<int:pk>/table/", acting.table, name="table"),
    path("<int:pk>/withdraw/", acting.withdraw, name="withdraw"),
    path("<int:pk>/ask/", acting.ask, name="ask"),
    path("<int:pk>/note/", acting.note, name="note"),
    path("<int:pk>/opinion/", acting.opinion, name="opinion"),
]
