"""A backup holds everything, is checked when it is restored, and moves between databases."""

import io
import json
import shutil
import tarfile
from pathlib import Path

import pytest
import servers

FILL = """
from datetime import UTC, date, datetime
from django.conf import settings
from commonhaven.web.accounts.models import Seat, User
from commonhaven.web.groups.models import Caucus, Group
from commonhaven.web.record.actions import Placing, write
at = datetime.now(UTC)
group = Group.objects.create(slug="harbour", name={"en": "Harbour", "ar": "الميناء"}, created_at=at)
caucus = Caucus.objects.create(group=group, name="Region", parties=["GHA"])
user = User.objects.create_user("office@example.org", "a long pass phrase", label="Office")
since = date(2026, 1, 1)
Seat.objects.create(user=user, group=group, party="GHA", capacity="delegate", since=since)
for turn in range(30):
    placing = Placing(audience="caucus", caucus=caucus) if turn % 3 else Placing(release_at=at)
    body = {"turn": turn, "text": "é ' % 中"}
    write(group, "statement made", body, by=None, at=at, placing=placing)
folder = settings.MEDIA_ROOT
folder.mkdir(parents=True, exist_ok=True)
(folder / "paper").write_bytes(bytes(range(256)))
"""
STATE = """
import json
from django.conf import settings
from commonhaven.web.accounts.models import User
from commonhaven.web.operation.backup import tables
from commonhaven.web.record.models import Entry
rows = {
    m._meta.label_lower: list(m._default_manager.order_by("pk").values_list("pk", flat=True))
    for m in tables()
}
bodies = list(Entry.objects.order_by("number").values_list("body", "hash", "audience", "caucus_id"))
user = User.objects.get()
paper = (settings.MEDIA_ROOT / "paper").read_bytes().hex()
print(json.dumps([rows, bodies, user.check_password("a long pass phrase"), paper]))
"""
MORE = """
from datetime import UTC, datetime
from commonhaven.web.groups.models import Group
from commonhaven.web.operation.chains import broken_chains
from commonhaven.web.record.actions import write
row = write(Group.objects.get(), "statement made", {}, by=None, at=datetime.now(UTC))
print(row.number, broken_chains()[1])
"""


@pytest.fixture
def backup(installation: servers.Platform, run: servers.Run, tmp_path: Path) -> Path:
    run(FILL)
    path = tmp_path / "backup.tar.gz"
    done = installation.command("platform", "backup", str(path))
    assert (done.returncode, done.stderr) == (0, "")
    return path


def test_restored_into_sqlite_it_is_the_same(
    backup: Path, run: servers.Run, tmp_path: Path
) -> None:
    other = servers.Platform(tmp_path / "other")
    done = other.command("platform", "restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert json.loads(servers.Run(other.config)(STATE)) == json.loads(run(STATE))
    assert servers.Run(other.config)(MORE) == "31 ()\n"
    checked = other.command("platform", "check")
    assert (checked.returncode, checked.stdout) == (0, "In order.\n")


def test_restored_into_postgresql_it_is_the_same(
    backup: Path, run: servers.Run, server: str, tmp_path: Path
) -> None:
    other = servers.Platform(tmp_path / "other", servers.database(server))
    done = other.command("platform", "restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert json.loads(servers.Run(other.config)(STATE)) == json.loads(run(STATE))
    assert servers.Run(other.config)(MORE) == "31 ()\n"


@pytest.fixture(scope="session")
def filled(tables: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an installation and its backup, to copy."""
    folder = tmp_path_factory.mktemp("filled")
    made = servers.copied(tables, folder / "platform")
    servers.Run(made.config)(FILL)
    done = made.command("platform", "backup", str(folder / "backup.tar.gz"))
    assert done.returncode == 0
    return folder


@pytest.fixture
def small(filled: Path, tmp_path: Path) -> tuple[servers.Platform, Path]:
    made = servers.copied(filled / "platform", tmp_path / "platform")
    path = tmp_path / "backup.tar.gz"
    shutil.copy(filled / path.name, path)
    return made, path


def changed(path: Path, name: str, to: bytes) -> Path:
    """The same archive with one file's bytes replaced."""
    other = path.with_name("changed.tar.gz")
    with tarfile.open(path) as old, tarfile.open(other, "w:gz") as new:
        for member in old.getmembers():
            file = old.extractfile(member)
            assert file is not None
            data = to if member.name == name else file.read()
            member.size = len(data)
            new.addfile(member, io.BytesIO(data))
    return other


@pytest.mark.parametrize("name", ["data.jsonl", "files/paper"])
def test_damaged_backup_is_refused_whole(
    small: tuple[servers.Platform, Path], tmp_path: Path, name: str
) -> None:
    _, path = small
    other = servers.Platform(tmp_path / "other")
    done = other.command("platform", "restore", str(changed(path, name, b"{}\n")))
    assert done.returncode == 2
    assert f"{name} changed after it was made" in done.stderr
    assert "Traceback" not in done.stderr
    held = servers.Run(other.config)(
        "from commonhaven.web.groups.models import Group\nprint(Group.objects.count())"
    )
    assert held == "0\n"
    checked = other.command("platform", "check")
    assert "there is nothing here, no group and no person" in " ".join(checked.stdout.split())
    assert "In order" not in checked.stdout


def test_cut_off_backup_is_refused(small: tuple[servers.Platform, Path], tmp_path: Path) -> None:
    _, path = small
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(path.read_bytes()[:-200])
    done = servers.Platform(tmp_path / "other").command("platform", "restore", str(cut))
    assert (done.returncode, "damaged" in done.stderr) == (2, True)


def test_installation_in_use_is_not_restored_over(small: tuple[servers.Platform, Path]) -> None:
    made, path = small
    done = made.command("platform", "restore", str(path))
    assert done.returncode == 2
    assert "this installation is in use" in done.stderr


def test_backup_is_never_written_over(small: tuple[servers.Platform, Path]) -> None:
    made, path = small
    before = path.read_bytes()
    done = made.command("platform", "backup", str(path))
    assert (done.returncode, path.read_bytes() == before) == (2, True)
    assert "there is such a file" in done.stderr


def test_changed_record_is_found(small: tuple[servers.Platform, Path]) -> None:
    made, _ = small
    servers.Run(made.config)(
        "from django.db import connection\n"
        "c = connection.cursor()\n"
        "c.execute('DROP TRIGGER record_entry_no_update')\n"
        "c.execute(\"UPDATE record_entry SET body = '{}' WHERE number = 7\")\n"
    )
    done = made.command("platform", "check")
    assert done.returncode == 1
    assert "the record of harbour does not stand" in done.stdout


FOUND = """
from commonhaven.web.search.models import Entry
print(sorted(Entry.objects.values_list("kind", "item", "audience")))
"""


def test_installation_with_everything_in_it_is_restored(
    demonstration: Path, tmp_path: Path
) -> None:
    made = servers.copied(demonstration, tmp_path / "one")
    other = servers.Platform(tmp_path / "other")
    before = servers.Run(made.config)(FOUND)
    path = tmp_path / "backup.tar.gz"
    assert made.command("platform", "backup", str(path)).returncode == 0
    done = other.command("platform", "restore", str(path))
    assert done.returncode == 0, done.stderr
    assert servers.Run(other.config)(FOUND) == before
    assert len(before) > 500
    checked = other.command("platform", "check")
    assert (checked.returncode, checked.stdout) == (0, "In order.\n")


def test_tables_behind_the_program_are_not_served(tmp_path: Path) -> None:
    made = servers.Platform(tmp_path / "platform", demonstration=False)
    done = made.command("serve", "--port", str(made.port))
    assert done.returncode == 2
    assert "the database is not up to date" in done.stderr


def test_database_that_does_not_answer_is_one_line(tmp_path: Path) -> None:
    address = f"postgresql://postgres@127.0.0.1:{servers.free_port()}/none"
    done = servers.Platform(tmp_path / "platform", address).command("platform", "upgrade")
    assert done.returncode == 2
    assert "the database cannot be used" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
