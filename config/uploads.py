from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class LargestRequest(FileUploadHandler):
    """Refuses a request by the size that it announces, before any of it is read or lands on the disk."""

    def handle_raw_input(
        self, input_data: Any, environ: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        if content_length > settings.LARGEST_REQUEST:
            raise RequestDataTooBig("larger than any form of ours")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
