"""Put a backup back into an empty installation, all of it or nothing, and check it."""

import json
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from commonhaven.reading import Problem
from commonhaven.web.accounts.models import User
from commonhaven.web.groups.models import Group
from commonhaven.web.operation.backup import manifest_of, sha256, tables
from commonhaven.web.operation.chains import broken_chains
from commonhaven.web.operation.database import upgrade
from commonhaven.web.search.actions import reindex


def restore(path: Path) -> dict[str, Any]:
    """Restore a backup and check it; the manifest.

    Raises Problem where the installation holds anything, the backup is damaged or of a later
    version, or what was restored differs from what the manifest says: then nothing is kept.
    """
    upgrade()
    if User.objects.exists() or Group.objects.exists():
        fix = "Restore into a new data folder or an empty database."
        raise Problem("this installation is in use", where=str(path), fix=fix)
    try:
        with tarfile.open(path, "r:gz") as archive:
            manifest = manifest_of(archive, str(path))
            _check_sums(archive, manifest, str(path))
            _check_version(manifest, str(path))
            with transaction.atomic():
                _load(archive)
                _reset_sequences()
                _check_rows(manifest, str(path))
                reindex()
            _put_files(archive)
    except FileNotFoundError:
        raise Problem("no such file", where=str(path), fix="Check the path.") from None
    except (tarfile.TarError, EOFError, OSError) as error:
        raise _damaged(str(path), str(error)) from None
    except (DatabaseError, DeserializationError) as error:
        raise _damaged(str(path), str(error).strip().splitlines()[0]) from None
    return manifest


def _damaged(where: str, said: str) -> Problem:
    return Problem(f"the backup is damaged ({said})", where=where, fix="Use another copy of it.")


def _check_sums(archive: tarfile.TarFile, manifest: dict[str, Any], where: str) -> None:
    held = {member.name for member in archive.getmembers()} - {"manifest.json"}
    if held != set(manifest["sha256"]):
        raise _damaged(where, "files are missing, or there are more than it lists")
    for name, wanted in manifest["sha256"].items():
        file = archive.extractfile(name)
        if file is None or sha256(file) != wanted:
            raise _damaged(where, f"{name} changed after it was made")


def _check_version(manifest: dict[str, Any], where: str) -> None:
    known = {f"{app} {name}" for app, name in MigrationRecorder(connection).applied_migrations()}
    if later := [name for name in manifest["migrations"] if name not in known]:
        said = f"the backup is of a later version ({manifest['version']}: {later[0]})"
        raise Problem(said, where=where, fix="Restore it with that version or a later one.")


def _load(archive: tarfile.TarFile) -> None:
    file = archive.extractfile("data.jsonl")
    assert file is not None  # noqa: S101 - its hash was just checked
    with connection.constraint_checks_disabled():
        for row in serializers.deserialize("python", _tables(file)):
            row.save()
    connection.check_constraints()


def _tables(file: IO[bytes]) -> Iterator[dict[str, Any]]:
    for line in file:
        yield json.loads(line)


def _reset_sequences() -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)


def _check_rows(manifest: dict[str, Any], where: str) -> None:
    for model in tables():
        label = model._meta.label_lower  # noqa: SLF001
        count = model._default_manager.count()  # noqa: SLF001
        if count != manifest["rows"].get(label, 0):
            said = f"{label} has {count} rows, not the {manifest['rows'].get(label, 0)} backed up"
            raise _damaged(where, said)
    heads, broken = broken_chains()
    if broken:
        raise _damaged(where, f"the record of {broken[0]} does not stand")
    if {slug: list(head) for slug, head in heads.items()} != manifest["heads"]:
        raise _damaged(where, "the records end elsewhere than the manifest says")


def _put_files(archive: tarfile.TarFile) -> None:
    folder = Path(settings.MEDIA_ROOT)
    for member in archive.getmembers():
        name = PurePosixPath(member.name)
        if name.parts[0] != "files" or ".." in name.parts or not member.isfile():
            continue
        target = folder.joinpath(*name.parts[1:])
        target.parent.mkdir(parents=True, exist_ok=True)
        source = archive.extractfile(member)
        assert source is not None  # noqa: S101 - it is a file
        with target.open("wb") as out:
            shutil.copyfileobj(source, out)
