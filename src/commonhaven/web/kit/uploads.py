"""Uploads that are too large are refused before they are read."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

ROOM = 1_000_000
"""Bytes for the fields beside the file."""


class Bounded(FileUploadHandler):
    """Refuse a form that is larger than the largest file that any page takes."""

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ANN401, ARG002
        META: dict[str, Any],  # noqa: N803, ARG002
        content_length: int,
        boundary: Any,  # noqa: ANN401, ARG002
        encoding: str | None = None,  # noqa: ARG002
    ) -> None:
        most = settings.PLATFORM.flows_megabytes * 1_000_000 + ROOM
        if content_length > max(most, settings.DATA_UPLOAD_MAX_MEMORY_SIZE):
            raise RequestDataTooBig(f"a form of {content_length} bytes is too large")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        return raw_data

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002
        return None
