"""The whole chain over the API, by those who do it on the pages; every act on the record."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from commonhaven.record import check
from commonhaven.situations import load, toml_text
from commonhaven.web.groups.models import Group

HERE = "/groups/west-africa"
HOUR = timedelta(hours=1)
MEMBERS = ("ghana", "liberia", "guinea", "france", "germany")


def test_from_situation_to_obligation(
    group: Group, caller: Callable[..., Any], forward: Callable[[timedelta], None]
) -> None:
    def done(who: str, path: str, body: Any = None, status: int = 200) -> Any:
        """Tokens are made anew: the clock moves on."""
        response = caller(who).post(f"{HERE}{path}", body)
        assert (path, response.status_code, response.content[:200] if response.status_code >= 400
                else b"") == (path, status, b"")  # fmt: skip
        return response.json()

    def seen(who: str, path: str) -> Any:
        response = caller(who).get(f"{HERE}{path}")
        assert (path, response.status_code) == (path, 200)
        return response.json()

    text = toml_text(load("liberia-1990"))
    caller("france")
    wide = {"audience": "consultative"}
    situation = done("unhcr", "/situations", {"toml": text, **wide}, 201)
    call = {"title": "Emergency", "situation": situation["id"], "reason": "Influx", **wide}
    meeting = f"/meetings/{done('guinea', '/meetings', call, 201)['id']}"
    state = seen("liberia", meeting)["state"]
    assert (state["stage"], "reply" in {one["act"] for one in state["you_may"]}) == (
        "requested",
        True,
    )
    reply = done("ghana", f"{meeting}/acts", {"kind": "reply", "data": {"text": "We come"}}, 201)
    assert "GHA answered the request." in [one["sentence"] for one in reply["state"]["log"]]
    forward(98 * HOUR)
    done("secretariat", f"{meeting}/acts", {"kind": "open-meeting"}, 201)
    members = [one["party"] for one in seen("ghana", "/members") if "core" in one["standing"]]
    for party in members:
        done("secretariat", f"{meeting}/arrive", {"party": party})
    forward(HOUR)
    assert seen("ghana", meeting)["state"]["quorum"]["reached"] is True

    wish = {"situation": situation["id"], **wide}
    plan = f"/plans/{done('ghana', '/plans', wish, 201)['id']}"
    number = int(meeting.rpartition("/")[2])
    done("ghana", f"{plan}/table", {"meeting": number})
    put = {"kind": "plan", "title": "The plan", "plan": int(plan.rpartition("/")[2])}
    early = caller("secretariat").post(f"{HERE}/decisions", put)
    assert (early.status_code, "opinion" in early.json()["what"]) == (409, True)
    done("secretariat", f"{plan}/ask-opinion")
    said = {"finding": "compatible", "text": "In keeping with the Convention."}
    done("unhcr", f"{plan}/opinions", said, 201)
    decision = f"/decisions/{done('secretariat', '/decisions', put, 201)['id']}"
    statuses = {
        who: caller(who).post(f"{HERE}{decision}/votes", {"choice": "yes"}).status_code
        for who in MEMBERS
    }
    assert statuses == {**dict.fromkeys(MEMBERS, 200), "liberia": 403}  # the state of origin
    forward(HOUR)
    closed = done("secretariat", f"{decision}/close")
    assert closed["status"] in ("adopted", "not adopted")
    assert {one["choice"] for one in closed["votes"]} == {"yes"}

    exported = caller("ghana").get(f"{HERE}/record.jsonl")
    lines = b"".join(exported.streaming_content).decode()
    assert check(lines).head == seen("nobody", "/record/head")["hash"]
    acts = [json.loads(line)["content"]["act"] for line in lines.splitlines()[1:]]
    for act in ("situation opened", "meeting convened", "plan tabled", "opinion given"):
        assert acts.count(act) == 1
    head = seen("nobody", "/record/head")
    assert head["entries"] == len(acts)
    told = caller("france").get("/notices").json()
    assert any(one["kind"] == "meeting convened" for one in told["items"])
