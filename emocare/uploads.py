"""How files come in: in memory, so that nothing readable lies on a disk while it is looked at."""

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MOST = 12 * 1024 * 1024  # bytes of one request that are kept; each form takes less, and says so


class InMemory(FileUploadHandler):
    """Keep what is uploaded in memory; of what goes beyond MOST only the length is known."""

    def __init__(self, request: Any = None):
        super().__init__(request)
        self.kept = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.kept += len(raw_data)
        if self.kept <= MOST:
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.file.seek(0)
        about = (self.content_type, file_size, self.charset, self.content_type_extra)
        return InMemoryUploadedFile(self.file, self.field_name, self.file_name, *about)
