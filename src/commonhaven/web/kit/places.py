"""Where a subject of the record is shown: from "meeting/7" to the address of its page."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An address by its name: with the subject's number in it, or as the mark within a page."""

    name: str
    own_page: bool = True


PLACES: Mapping[str, tuple[Place, ...]] = {
    "charter": (Place(name="groups:charter"), Place(name="groups:charters", own_page=False)),
    "situation": (Place(name="situations:show"), Place(name="situations:list", own_page=False)),
    "meeting": (Place(name="meetings:show"), Place(name="meetings:list", own_page=False)),
    "plan": (Place(name="plans:show"), Place(name="plans:list", own_page=False)),
    "decision": (Place(name="decisions:show"), Place(name="decisions:list", own_page=False)),
    "obligation": (Place(name="decisions:obligation"),),
    "commitment": (Place(name="commitments:show"),),
    "fund": (Place(name="funds:show"),),
    "assessment": (Place(name="good_faith:show"),),
    "flows": (Place(name="flows:show"),),
    "practice": (Place(name="exchange:practice"),),
    "question": (Place(name="exchange:question"),),
    "offer": (Place(name="exchange:offer"),),
    "need": (Place(name="commitments:need"),),
    "opinion": (Place(name="plans:opinion_page"),),
    "document": (Place(name="meetings:document"), Place(name="meetings:list", own_page=False)),
    "seat": (Place(name="people:list", own_page=False),),
    "chair": (Place(name="groups:chair", own_page=False),),
}
"""Kind of subject → where it is shown, the first address that there is."""


def url_of(subject: str, group_slug: str) -> str:
    """The address of a subject in a group's pages; empty where it has no page."""
    kind, _, number = subject.partition("/")
    if not number.isdigit():
        return ""
    for place in PLACES.get(kind, ()):
        try:
            if place.own_page:
                return reverse(place.name, args=[group_slug, int(number)])
            return f"{reverse(place.name, args=[group_slug])}#{kind}-{number}"
        except NoReverseMatch:
            continue
    return ""
