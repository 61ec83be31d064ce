"""A backup of everything in one file that any later version, on either database, can restore.

The file is a tar.gz of `data.jsonl` (every row as JSON, a line each), `files/` and
`manifest.json` (version, number of rows of each table, the head of every group's record, SHA-256
of every file). It is independent of the database, so that it also moves an installation from
SQLite to PostgreSQL.
"""

import hashlib
import io
import json
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from commonhaven import __version__
from commonhaven.reading import Problem, canonical
from commonhaven.web.record.models import Head

FORMAT = "commonhaven backup 1"
LEFT_OUT = {"sessions.session", "kit.moved", "contenttypes.contenttype", "auth.permission",
            "auth.group", "search.entry"}  # fmt: skip
"""Tables that a restored platform makes anew or must not keep: sessions, the search, lists."""


def tables() -> list[type[models.Model]]:
    """The tables in an order in which every row follows those that it refers to."""
    sortable = [(app, None) for app in apps.get_app_configs()]
    ordered = serializers.sort_dependencies(sortable, allow_cycles=True)
    return [model for model in ordered if model._meta.label_lower not in LEFT_OUT]  # noqa: SLF001


def back_up(path: Path, at: datetime) -> dict[str, Any]:
    """Write a backup of one consistent state; the manifest. Other people's writes go on.

    Raises Problem where the file exists or cannot be written; nothing half-written stays.
    """
    if path.exists():
        fix = "Name another file: a backup is never written over."
        raise Problem("there is such a file", where=str(path), fix=fix)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.partial")
    try:
        with tempfile.TemporaryFile() as data, tarfile.open(partial, "w:gz") as archive:
            manifest: dict[str, Any] = {
                "format": FORMAT,
                "version": __version__,
                "at": at.isoformat(),
            }
            manifest |= _write_rows(data)
            _add(archive, "data.jsonl", data, manifest["sha256"])
            _add_files(archive, manifest["sha256"])
            text = canonical(manifest).encode()
            _add(archive, "manifest.json", io.BytesIO(text), {})
        partial.rename(path)
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def _write_rows(data: IO[bytes]) -> dict[str, Any]:
    """Every row of one snapshot into a file; counts, heads and the state of the tables."""
    rows: dict[str, int] = {}
    if connection.vendor == "sqlite":
        # A reader's snapshot: writers need not wait.
        vars(connection)["transaction_mode"] = None
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for model in tables():
            found = model._default_manager.order_by("pk").iterator(chunk_size=500)  # noqa: SLF001
            label = model._meta.label_lower  # noqa: SLF001
            rows[label] = 0
            for line in _lines(found):
                data.write(line)
                rows[label] += 1
        heads = {h.group.slug: [h.number, h.hash] for h in Head.objects.select_related("group")}
        applied = [
            f"{app} {name}" for app, name in MigrationRecorder(connection).applied_migrations()
        ]
    return {"rows": rows, "heads": heads, "migrations": sorted(applied), "sha256": {}}


def _lines(rows: Iterator[models.Model]) -> Iterator[bytes]:
    for row in rows:
        (table,) = serializers.serialize("python", [row])
        yield json.dumps(table, ensure_ascii=False, default=_plain).encode() + b"\n"


def _plain(value: object) -> str:
    """Django's own JSON cuts instants to milliseconds; the record's seals need them whole."""
    return value.isoformat() if isinstance(value, date) else str(value)


def sha256(file: IO[bytes]) -> str:
    """The SHA-256 of a file from its beginning, read in pieces."""
    seen = hashlib.sha256()
    while piece := file.read(1 << 20):
        seen.update(piece)
    return seen.hexdigest()


def _add(archive: tarfile.TarFile, name: str, file: IO[bytes], sums: dict[str, str]) -> None:
    file.seek(0)
    sums[name] = sha256(file)
    entry = tarfile.TarInfo(name)
    entry.size = file.seek(0, io.SEEK_END)
    file.seek(0)
    archive.addfile(entry, file)


def _add_files(archive: tarfile.TarFile, sums: dict[str, str]) -> None:
    folder = Path(settings.MEDIA_ROOT)
    for path in sorted(folder.rglob("*")) if folder.exists() else ():
        if path.is_file():
            with path.open("rb") as file:
                _add(archive, f"files/{path.relative_to(folder).as_posix()}", file, sums)


def manifest_of(archive: tarfile.TarFile, where: str) -> dict[str, Any]:
    """The manifest of a backup; Problem where the file is none."""
    try:
        member = archive.extractfile("manifest.json")
        manifest = json.load(member) if member else {}
    except (KeyError, ValueError, tarfile.TarError):
        manifest = {}
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        fix = "Give a file that `commonhaven platform backup` wrote."
        raise Problem(f'this is not a "{FORMAT}"', where=where, fix=fix)
    return manifest
