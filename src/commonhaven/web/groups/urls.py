"""Addresses of the slice."""

from django.urls import path

from commonhaven.web.groups import chair, charters, drafts, dry, views

app_name = "groups"
CHARTER = "<slug:slug>/charters/<int:pk>/"
CHAIR = "<slug:slug>/chair/"
urlpatterns = [
    path("", views.groups_list, name="list"),
    path("new/", views.create, name="create"),
    path("<slug:slug>/", views.show, name="show"),
    path("<slug:slug>/settings/", views.settings, name="settings"),
    path("<slug:slug>/members/", views.members, name="members"),
    path("<slug:slug>/members/caucus/", views.caucus, name="caucus"),
    path("<slug:slug>/charters/", charters.charters, name="charters"),
    path("<slug:slug>/charters/draft/", drafts.draft, name="draft"),
    path(CHARTER, charters.show, name="charter"),
    path(f"{CHARTER}edit/", drafts.edit, name="edit"),
    path(f"{CHARTER}comment/", charters.comment, name="comment"),
    path(f"{CHARTER}position/", charters.position, name="position"),
    path(f"{CHARTER}deposit/", charters.deposit, name="deposit"),
    path(f"{CHARTER}adopt/", charters.adopt, name="adopt"),
    path(f"{CHARTER}withdraw/", charters.withdraw, name="withdraw"),
    path(f"{CHARTER}compare/", charters.compare, name="compare"),
    path(f"{CHARTER}dry-run/", dry.page, name="dry_run"),
    path(f"{CHARTER}charter.toml", charters.as_toml, name="toml"),
    path(f"{CHARTER}charter.json", charters.as_json, name="json"),
    path(CHAIR, chair.chair, name="chair"),
    path(f"{CHAIR}seat/", chair.seat, name="seat_chair"),
    path(f"{CHAIR}hand-over/", chair.hand_over, name="hand_over"),
    path(f"{CHAIR}pack/", chair.pack, name="pack"),
    path(f"{CHAIR}pack.json", chair.pack_file, name="pack_file"),
    path(f"{CHAIR}<int:pk>/pack/", chair.kept_pack, name="kept_pack"),
    path(f"{CHAIR}<int:pk>/pack.json", chair.kept_pack_file, name="kept_pack_file"),
]
