"""A name that is a group's only one is taken once, however many ask for it at the same time."""

import json

import servers

TRY = """
import json, threading
from datetime import UTC, date, datetime
from django.db import connection
from commonhaven.reading import Problem
from commonhaven.situations import load
from commonhaven.web.accounts.models import User
from commonhaven.web.groups.founding import Frame, create_group, make_caucus
from commonhaven.web.groups.models import Caucus, CharterVersion, Group, Membership
from commonhaven.web.kit.audience import Seat, Viewer
from commonhaven.web.situations.actions import open_situation
from commonhaven.web.situations.models import Situation

at = datetime.now(UTC)
group = Group.objects.create(slug="harbour", name={"en": "Harbour"}, created_at=at)
charter = CharterVersion.objects.create(
    group=group, version="1", value="{}", digest="", toml="", in_force=date(2026, 1, 1),
    party="UNHCR", created_at=at,
)
Membership.objects.create(
    group=group, charter=charter, party="GHA", standing="inner core", since=date(2026, 1, 1)
)
user = User.objects.create_user("office@example.org", label="Office", administrator=True)
by = Seat(
    id=1, user=user.pk, group=group.pk, party="UNHCR", capacity="secretariat",
    standing="secretariat", accepted=True,
)
viewer = Viewer(at=at, user=user.pk, administrator=True)
acts = {
    "situation": lambda: open_situation(group=group, value=load("togo-1993"), by=by, at=at),
    "caucus": lambda: make_caucus(group=group, name="Region", parties=("GHA",), by=by, at=at),
    "group": lambda: create_group(
        frame=Frame(slug="river", name="River"), email="river@example.org", party="UNHCR",
        label="Office", by=viewer, at=at,
    ),
}
told = {name: [] for name in acts}
gate = threading.Barrier(8)

def work(name):
    gate.wait()
    try:
        acts[name]()
        told[name].append("done")
    except Problem as problem:
        told[name].append(type(problem).__name__)
    except Exception as error:
        told[name].append(f"defect: {error}")
    finally:
        connection.close()

for name in acts:
    threads = [threading.Thread(target=work, args=(name,)) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
counts = [Situation.objects.count(), Caucus.objects.count(), Group.objects.count()]
print(json.dumps([{name: sorted(all_) for name, all_ in told.items()}, counts]))
"""


def test_name_is_taken_once(installation: servers.Platform, run: servers.Run) -> None:
    told, counts = json.loads(run(TRY))
    assert told == {
        "situation": ["Conflict"] * 7 + ["done"],
        "caucus": ["done"] * 8,  # to who is not in it: the one that there is
        "group": ["Problem"] * 7 + ["done"],
    }
    assert counts == [1, 1, 2]
