"""How much a visitor without an account may ask for."""

from django.http import HttpRequest

from commonhaven.charter import Charter
from commonhaven.instruments import entry
from commonhaven.reading import Problem
from commonhaven.situations import Situation
from commonhaven.web.kit.limits import asker, count


def bound(name: str) -> int:
    """A bound of the instrument `sandbox`."""
    return int(entry("sandbox", name).number)


def count_trial(request: HttpRequest) -> None:
    """Count one trial of an address; TooMany where it had its number.

    The cache holds the hash for minutes.
    """
    count("trials", asker(request), bound("trials_in_ten_minutes"))


def check_size(charter: Charter, situation: Situation) -> None:
    """Problem where a charter or situation is larger than what is computed here."""
    sizes = (
        ("charter, members", len(charter.members), "members"),
        ("situation, cohorts", len(situation.cohorts), "cohorts"),
        ("situation", sum(len(each.present) for each in situation.cohorts), "places"),
    )
    for where, number, name in sizes:
        if number > bound(name):
            fix = "Use the command line for larger ones."
            raise Problem(f"{number} is more than {bound(name)} {name}", where=where, fix=fix)
