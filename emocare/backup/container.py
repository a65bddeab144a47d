"""The file of a copy: `age` around a `tar` of the dump in parts, the media, the manifest and its seal.

A tar says the size of each member before its content. The dump's size is not known before its end, and nothing of it
may lie unencrypted on the disk; so it goes in parts that fit into memory, and `cat database.dump.*` puts it together.
"""

import hashlib
import json
import os
import tarfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any, BinaryIO

import pyrage

from emocare import crypto
from emocare.backup.errors import BackupError

FORMAT = 1
PART = 8 * 1024 * 1024
BLOCK = 256 * 1024
SECTOR = 512
DUMP = "database.dump."
MEDIA = "media/"
OF_RESTORES = (".restoring-", ".before-")  # begin what a restore leaves at the top of the media
MANIFEST = "manifest.json"
SEAL = "manifest.seal"
SEAL_BINDING = "emocare.backup:manifest"
LARGEST_MANIFEST = 512 * 1024 * 1024
DAMAGED = "The copy is damaged or not whole ({}). Take another one. Nothing was changed."


@dataclass
class Member:
    name: str
    size: int
    sha256: str


@dataclass
class Manifest:
    """What a copy says of itself; it stands at the end, when everything is known."""

    made_at: str
    emocare: str
    postgresql: int
    migrations: list[str]
    counts: dict[str, int]
    facts: dict[str, Any]
    members: list[Member] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)  # media that were deleted while the copy was made
    changed: list[str] = field(default_factory=list)  # media that were being written meanwhile
    format: int = FORMAT

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), indent=1).encode()

    @classmethod
    def read(cls, content: bytes) -> "Manifest":
        """Read a manifest; refuse one that a newer Emocare wrote, or nobody."""
        try:
            values = json.loads(content)
            if values["format"] != FORMAT:
                raise BackupError(
                    f"The copy has format {values['format']}, and this Emocare reads {FORMAT}. Use the version that "
                    f"made it ({values.get('emocare', 'unknown')}). Nothing was changed."
                )
            found = cls(**values)
            found.members = [Member(**member) for member in found.members]
        except (ValueError, KeyError, TypeError) as error:
            raise BackupError(DAMAGED.format("its manifest cannot be read")) from error
        return found


class Packer:
    """Turn members into the bytes of a tar, and remember their sizes and digests."""

    def __init__(self, moment: float) -> None:
        self.members: list[Member] = []
        self._moment = int(moment)

    def member(self, name: str, size: int, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield a member; `blocks` must be `size` bytes together."""
        header = tarfile.TarInfo(name)
        header.size, header.mtime, header.mode = size, self._moment, 0o600
        yield header.tobuf(tarfile.PAX_FORMAT, "utf-8", "surrogateescape")
        digest = hashlib.sha256()
        for block in blocks:
            digest.update(block)
            yield block
        yield bytes(-size % SECTOR)
        self.members.append(Member(name, size, digest.hexdigest()))

    def parts(self, name: str, stream: BinaryIO) -> Iterator[bytes]:
        """Yield a stream of unknown size as numbered members."""
        number = 0
        while part := stream.read(PART):
            yield from self.member(f"{name}{number:06}", len(part), [part])
            number += 1

    def end(self, manifest: Manifest) -> Iterator[bytes]:
        """Yield the manifest, its seal, and the end of the tar."""
        manifest.members = list(self.members)
        content = manifest.to_bytes()
        seal = crypto.encrypt(hashlib.sha256(content).hexdigest(), SEAL_BINDING)
        yield from self.member(MANIFEST, len(content), [content])
        yield from self.member(SEAL, len(seal), [seal])
        yield bytes(2 * SECTOR)


class _Source:
    """Let pyrage read from an iterator; it hides the errors of its source, so that this one keeps them."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._rest = memoryview(b"")
        self.error: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            while not self._rest:
                self._rest = memoryview(next(self._blocks))
        except StopIteration:
            return b""
        except Exception as error:
            self.error = error
            raise
        given, self._rest = self._rest[:size], self._rest[size:]
        return bytes(given)


def encrypt(blocks: Iterator[bytes], output: Any, recipients: list) -> None:
    """Write the blocks encrypted; an error of whoever makes the blocks comes through as it is."""
    source = _Source(blocks)
    try:
        pyrage.encrypt_io(source, output, recipients)
    except (pyrage.EncryptError, OSError) as error:
        if source.error is not None:
            raise source.error from error
        raise


@contextmanager
def opened(file: BinaryIO, identities: list) -> Iterator[tarfile.TarFile]:
    """Yield the decrypted tar, to be read once from front to back; nothing decrypted touches the disk.

    Leaving the block without an error means that the file was read to its end and that `age` found it whole.
    """
    reading, writing = os.pipe()
    failure: list[Exception] = []

    def decrypt() -> None:
        with os.fdopen(writing, "wb", buffering=0) as pipe:
            try:
                pyrage.decrypt_io(file, pipe, identities)
            except BrokenPipeError:
                return  # nobody reads any more
            except (pyrage.DecryptError, OSError, ValueError) as error:
                failure.append(error)

    thread = threading.Thread(target=decrypt, daemon=True)
    thread.start()
    try:
        with os.fdopen(reading, "rb") as pipe:
            with tarfile.open(fileobj=pipe, mode="r|", format=tarfile.PAX_FORMAT) as tar:
                yield tar
            while pipe.read(BLOCK):
                continue
    except (tarfile.TarError, EOFError, BackupError) as error:
        thread.join()
        if failure:
            raise _explained(failure[0]) from error
        if isinstance(error, BackupError):
            raise
        raise BackupError(DAMAGED.format("its tar cannot be read")) from error
    thread.join()
    if failure:
        raise _explained(failure[0])


def _explained(error: Exception) -> BackupError:
    if "No matching keys" in str(error):
        return BackupError(
            "The copy was encrypted for another key than this private one, or its beginning is damaged. "
            "Nothing was changed."
        )
    if isinstance(error, pyrage.DecryptError):
        return BackupError(DAMAGED.format("its beginning is not that of a file of age"))
    return BackupError(DAMAGED.format("a part of it was changed or is missing"))


def blocks_of(member: BinaryIO) -> Iterator[bytes]:
    """Yield what a member holds."""
    while block := member.read(BLOCK):
        yield block


def verify(file: BinaryIO, identities: list) -> Manifest:
    """Read a whole copy and compare every member with the manifest; write nothing anywhere."""
    found: list[Member] = []
    last: dict[str, bytes] = {}
    with opened(file, identities) as tar:
        for info in tar:
            if not info.isreg() or SEAL in last:
                raise BackupError(DAMAGED.format("it holds what does not belong there"))
            content = tar.extractfile(info)
            if info.name in {MANIFEST, SEAL}:
                if info.size > LARGEST_MANIFEST:
                    raise BackupError(DAMAGED.format("its manifest is too large"))
                last[info.name] = content.read()
                continue
            digest = hashlib.sha256()
            for block in blocks_of(content):
                digest.update(block)
            found.append(Member(info.name, info.size, digest.hexdigest()))
    if last.keys() != {MANIFEST, SEAL}:
        raise BackupError("This is not a copy that Emocare made: it has no manifest. Nothing was changed.")
    manifest = Manifest.read(last[MANIFEST])
    _check_seal(last[MANIFEST], last[SEAL])
    if manifest.members != found:
        raise BackupError(DAMAGED.format("its members are not those of its manifest"))
    return manifest


def _check_seal(content: bytes, seal: bytes) -> None:
    """Refuse a copy that none of our own keys sealed: anybody can encrypt for a public key."""
    try:
        known = crypto.decrypt(seal, SEAL_BINDING) == hashlib.sha256(content).hexdigest()
    except crypto.CannotDecrypt:
        known = False
    if not known:
        raise BackupError(
            "The copy was not made with any of the keys in ENCRYPTION_KEYS: it is of another installation, or the key "
            "of that time is missing, without which its notes could not be read. Put the keys of its .env back. "
            "Nothing was changed."
        )
