"""The text from which a draft of a charter is begun."""

import re
from datetime import date

from commonhaven.charter import shipped
from commonhaven.parties import states
from commonhaven.web.accounts.queries import open_invitations, seats_on
from commonhaven.web.groups.models import Group
from commonhaven.web.groups.queries import version_on
from commonhaven.web.kit.audience import Viewer

HEAD = """\
[group]
id = "{slug}"
name = {{ en = "{name}" }}
version = "{version}"
in_force = {day}
"""
BLANK = """
# One block a member state: inner core, outer core or situation-specific contributor.
{members}
[[participants]]
party = "{secretariat}"
role = "secretariat"
may_convene = true

# Everything that is left out takes its default, each with its source: see the reference page.
[responsibility]
rule = "hathaway-neve"

[costs]
scale = "un-regular-budget"
# The greatest part of the cost that one member bears: 1 is no ceiling. The United Nations have 0.22
# for theirs, which five members or more can carry.
ceiling = "1"
"""
MEMBER = """
[[members]]
state = "{state}"
tier = "inner core"
since = {day}
"""
FILL = """
# [[members]]
# state = "AAA"
# tier = "inner core"
# since = {day}
"""
OWN = re.compile(r"^group\.(id|name(\.\w+)?|version|in_force|example|note) = .*\n", re.MULTILINE)
"""What an example says of itself, and a group says otherwise."""


def beginning(group: Group, begin: str, party: str, viewer: Viewer) -> str:
    """The charter in force, an example with the group's own name, or a blank one to fill."""
    day = viewer.at.date()
    current = version_on(group, day)
    if begin == "force" and current is not None and current.toml:
        return current.toml
    frame = {
        "slug": group.slug, "name": group.called().replace("\\", "").replace('"', "'"),
        "version": "2" if current else "1", "day": day,
    }  # fmt: skip
    if begin in shipped():
        return example(shipped()[begin].read_text(encoding="utf-8"), HEAD.format(**frame))
    named = _states(group, viewer)
    members = "".join(MEMBER.format(state=each, day=day) for each in named)
    return HEAD.format(**frame) + BLANK.format(
        members=members or FILL.format(day=day), secretariat=_secretariat(group, day) or party
    )


def example(text: str, head: str) -> str:
    """An example's text under a group's own head."""
    lines = head.removeprefix("[group]\n").splitlines(keepends=True)
    own = "".join(f"group.{line}" for line in lines)
    first = OWN.search(text)
    start = first.start() if first else 0
    return text[:start] + own + OWN.sub("", text[start:])


def _states(group: Group, viewer: Viewer) -> list[str]:
    """The states whose people have a seat, or an open invitation."""
    seated = seats_on(viewer.at.date()).filter(group=group).values_list("party", flat=True)
    invited = open_invitations(group, viewer.at).values_list("party", flat=True)
    return sorted({*seated, *invited} & states().keys())


def _secretariat(group: Group, day: date) -> str:
    seats = seats_on(day).filter(group=group, capacity="secretariat").order_by("since", "pk")
    return seats.values_list("party", flat=True).first() or ""
