"""Writes acts into one group's record from many threads, and tells each act that stands.

Arguments: settings file, group, threads, acts of each thread, file for what stands.
"""

import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

from commonhaven.web.operation.start import ready


def main(config: str, slug: str, threads: int, acts: int, told: str) -> None:
    ready(Path(config))
    from django.db import connection  # noqa: PLC0415

    from commonhaven.web.groups.models import Group  # noqa: PLC0415
    from commonhaven.web.record.actions import write  # noqa: PLC0415

    group = Group.objects.get(slug=slug)
    lock = threading.Lock()
    with Path(told).open("a", encoding="utf-8") as out:

        def work(name: int) -> None:
            for turn in range(acts):
                row = write(
                    group, "statement made", {"writer": name, "turn": turn}, by=None,
                    at=datetime.now(UTC),
                )  # fmt: skip
                with lock:
                    out.write(f"{row.number} {row.hash}\n")
                    out.flush()
            connection.close()

        working = [threading.Thread(target=work, args=(name,)) for name in range(threads)]
        for each in working:
            each.start()
        for each in working:
            each.join()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
