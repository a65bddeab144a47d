"""What a message carries besides words."""

import uuid
from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.db import models
from django.db.models import Q
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from chat.attachments import sealing
from chat.attachments.choices import Carried
from chat.models.messages import Message
from emocare.fields import EncryptedTextField
from emocare.models import PublicIdModel


class SealedFile(FieldFile):
    """A file that lies encrypted; whoever copies it, as a download of all one's data does, gets it open."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield self.instance.content()


class SealedFileField(models.FileField):
    attr_class = SealedFile


class Attachment(PublicIdModel):
    """A picture, a file or a voice message; it is shown to whom its message is, and goes with it."""

    message = models.OneToOneField(Message, models.CASCADE, related_name="attachment")
    kind = models.CharField(max_length=10, choices=Carried)
    name = EncryptedTextField()  # of a file, as its sender has it; pictures and voice messages have none
    # What can be seen, what is in the file, what is said: for those who cannot see or hear it.
    description = EncryptedTextField()
    file = SealedFileField(upload_to="attachments/", editable=False)
    key = EncryptedTextField()  # of the file
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()  # bytes
    width = models.PositiveIntegerField(null=True)  # px, of a picture
    height = models.PositiveIntegerField(null=True)
    seconds = models.PositiveSmallIntegerField(null=True)  # of a voice message
    waveform = EncryptedTextField()  # how loud it is, in hexadecimal bytes
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=Carried.VOICE) | Q(seconds__isnull=False), name="attachment_voice_has_length"
            ),
            models.CheckConstraint(
                condition=~Q(kind=Carried.PICTURE) | Q(width__gt=0, height__gt=0), name="attachment_picture_has_sides"
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def binding(self) -> str:
        return f"{self._meta.db_table}.file:{self.public_id}"

    def keep(self, content: bytes, ending: str) -> None:
        """Write the bytes, sealed with a new key, under a name that tells nothing; the row is saved by the caller."""
        self.key, self.size = sealing.new_key(), len(content)
        storage = self._meta.get_field("file").storage
        sealed = sealing.seal(content, self.key, self.binding)
        self.file = storage.save(f"attachments/{uuid.uuid4().hex}.{ending}", ContentFile(sealed))

    def content(self) -> bytes:
        """Return the bytes; raises FileNotFoundError, and CannotDecrypt when somebody changed them."""
        with self.file.storage.open(self.file.name, "rb") as source:
            return sealing.unseal(source.read(), self.key, self.binding)
