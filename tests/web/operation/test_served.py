"""Fifty clients of a real server write at once; the server is cut off in the middle of it."""

import json
import threading
import time
import urllib.error
import urllib.request

import pytest
import servers

MEETING = "/api/v1/groups/west-africa/meetings/2/documents"
TOKENS = """
import json
from commonhaven.web.accounts.models import User
from commonhaven.web.api.actions import Wish, make_token
from commonhaven.web.kit import clock
made = []
for who in ("host", "chair", "neighbour", "donor", "unhcr"):
    user = User.objects.get(email=f"{who}@example.org")
    wish = Wish(name="test", scopes=["act:west-africa"], days=1)
    made += [make_token(user=user, wish=wish, at=clock.now())[1] for _ in range(10)]
print(json.dumps(made))
"""
HELD = """
import json
from commonhaven.web.meetings.models import Document
from commonhaven.web.operation.chains import broken_chains
from commonhaven.web.record.models import Entry
told = Entry.objects.filter(act="document submitted", body__contains="Paper of client")
papers = Document.objects.filter(title__startswith="Paper of client")
titles = sorted(papers.values_list("title", flat=True))
print(json.dumps([list(broken_chains()[1]), told.count(), titles]))
"""


def hand_in(platform: servers.Platform, token: str, title: str) -> bool:
    """Hand a document in; whether the server said that it stands."""
    body = json.dumps({"title": title, "text": "As announced.", "audience": "members"}).encode()
    head = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    asked = urllib.request.Request(platform.address + MEETING, body, head)  # noqa: S310 - loopback
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310 - loopback
            return int(answer.status) == 201
    except urllib.error.HTTPError as error:
        pytest.fail(f"{error.code}: {error.read().decode()[:300]}")
    except OSError:
        return False


class Clients:
    """Fifty clients, each with a token and in a thread of its own, and what they were told."""

    def __init__(self, platform: servers.Platform) -> None:
        self.platform = platform
        self.tokens: list[str] = json.loads(servers.Run(platform.config)(TOKENS))
        self.stands: list[str] = []
        self.ended = threading.Event()
        self.lock = threading.Lock()

    def write(self, client: int, turns: range) -> None:
        for turn in turns:
            title = f"Paper of client {client}, {turn}"
            if self.ended.is_set() or not hand_in(self.platform, self.tokens[client], title):
                return
            with self.lock:
                self.stands.append(title)

    def start(self, turns: range) -> list[threading.Thread]:
        threads = [threading.Thread(target=self.write, args=(i, turns)) for i in range(50)]
        for each in threads:
            each.start()
        return threads


def held(platform: servers.Platform) -> tuple[list[str], int, list[str]]:
    """Records that do not stand, documents told in the record, titles of documents."""
    broken, told, titles = json.loads(servers.Run(platform.config)(HELD))
    return broken, told, titles


def test_fifty_clients_and_a_power_cut(with_demonstration: servers.Platform) -> None:
    platform = with_demonstration
    platform.start()
    clients = Clients(platform)
    for thread in clients.start(range(2)):
        thread.join()
    assert held(platform) == ([], 100, sorted(clients.stands))

    threads = clients.start(range(2, 10_000))
    for _ in range(400):
        if len(clients.stands) >= 130:
            break
        time.sleep(0.05)
    platform.kill()
    clients.ended.set()
    for thread in threads:
        thread.join()
    time.sleep(1)
    broken, told, titles = held(platform)
    assert (broken, told) == ([], len(titles))
    assert set(clients.stands) <= set(titles)
    assert len(clients.stands) > 100
    platform.start()
    assert hand_in(platform, clients.tokens[0], "Paper of client 0, after the cut")
