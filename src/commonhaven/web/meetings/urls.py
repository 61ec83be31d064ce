"""Addresses of the slice."""

from django.urls import path, re_path

from commonhaven.web.meetings.views import (
    agenda,
    convening,
    documents,
    floor,
    meeting,
    outcome,
    room,
    summary,
)

app_name = "meetings"
urlpatterns = [
    path("", convening.meetings_list, name="list"),
    path("convene/", convening.convene, name="convene"),
    path("documents/", documents.documents, name="all_documents"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("documents/<int:pk>/file/", documents.file, name="file"),
    path("documents/<int:pk>/compare/<int:other>/", documents.compare, name="compare"),
    path("texts/<int:pk>/", outcome.adopted, name="adopted"),
    re_path(r"^texts/(?P<pk>\d+)\.(?P<form>json|txt)$", outcome.adopted_file, name="adopted_file"),
    path("<int:pk>/", meeting.show, name="show"),
    path("<int:pk>/act/", meeting.act, name="act"),
    path("<int:pk>/close/", meeting.close, name="close"),
    path("<int:pk>/release/", meeting.release, name="release"),
    path("<int:pk>/clocks.svg", meeting.clocks_svg, name="clocks"),
    path("<int:pk>/attendance/", room.attendance, name="attendance"),
    path("<int:pk>/agenda/", agenda.agenda, name="agenda"),
    path("<int:pk>/documents/", documents.documents, name="documents"),
    path("<int:pk>/floor/", floor.floor, name="floor"),
    path("<int:pk>/summary/", summary.summary, name="summary"),
    path("<int:pk>/outcome/", outcome.outcome, name="outcome"),
]
