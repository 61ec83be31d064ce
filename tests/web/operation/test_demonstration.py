"""The demonstration's money: what its fund can name, and what everybody may read."""

import json
from pathlib import Path

import servers

ASKED = """
import json
from commonhaven.web.accounts.models import User
from commonhaven.web.accounts.queries import viewer_of
from commonhaven.web.funds import naming
from commonhaven.web.funds.forms import offers
from commonhaven.web.funds.models import Fund
from commonhaven.web.funds.values import state_of
from commonhaven.web.kit import clock
from commonhaven.web.kit.audience import Viewer, visible

at = clock.now()
fund = Fund.objects.get(kind="standing")
by = {who: viewer_of(User.objects.get(email=f"{who}@example.org"), at)
      for who in ("treasurer", "host")}
state = state_of(fund, at)
decided = naming.decisions(fund, by["treasurer"]).choices
keeper = by["treasurer"].seats_in(fund.group_id)[0]
open_to_all = list(visible(Fund.objects.all(), Viewer(at=at)))
print(json.dumps({
    "offered": [kind for kind, _says in offers(state, keeper, decided)],
    "meetings": [title for _key, title in naming.meetings(fund, by["host"]).choices],
    "public": [one.title for one in open_to_all],
    "accounts": [sorted(state_of(one, at).parties) for one in open_to_all],
    "refused": [said.why for one in Fund.objects.all() for said in state_of(one, at).refused],
}))
"""


def test_the_funds_of_the_demonstration(demonstration: Path, tmp_path: Path) -> None:
    made = servers.copied(demonstration, tmp_path / "platform")
    found = json.loads(servers.Run(made.config)(ASKED))
    assert {"granted", "awarded", "waived"} <= set(found.pop("offered"))
    assert found == {
        "meetings": ["Emergency meeting: Liberia, 1990", "Emergency meeting: Togo, 1993"],
        "public": ["Budget of the secretariat"], "accounts": [["CAN"]], "refused": [],
    }  # fmt: skip
