"""Where an embedded server keeps its programs and its data, and whose they are.

PostgreSQL refuses to run as root, and another user cannot enter the home folder that root's checkout may lie in. So for
root both lie in a place made for that, and the var folder holds a link to it. No mode of any folder that is not ours is
ever changed. An ordinary user needs none of this: the programs run from the environment, the data are in var/.
"""

import json
import os
import pwd
import secrets
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from emocare.local import paths, processes
from emocare.local.errors import Trouble
from emocare.local.locks import Lock
from emocare.local.processes import Account

SYSTEM = Path("/var/lib/emocare")
USER = "emocare-services"
PROGRAMS = ("postgres", "initdb", "valkey-server")
# A home whose whole checkout is missing may belong to one that was moved or is not mounted now.
KEEP_MISSING = 7 * 24 * 3600


@dataclass(frozen=True)
class Place:
    """The home of one server: `data` is its own folder, `programs` where its wheel's package lies."""

    home: Path
    programs: Path
    account: Account | None

    @property
    def data(self) -> Path:
        """Return the folder that the server works in."""
        return self.home / "data"

    def make_folder(self, name: str) -> Path:
        """Make an empty folder of the server's own in its home."""
        folder = self.home / name
        folder.mkdir(mode=0o700)
        self.give(folder)
        return folder

    def give(self, path: Path) -> None:
        """Hand a file or folder to the server's user."""
        if self.account:
            os.chown(path, self.account.uid, self.account.gid)


@dataclass(frozen=True)
class Owner:
    """Whose a home is: the link that names it, and a folder that is missing when the whole checkout is."""

    link: Path
    base: Path

    @classmethod
    def of(cls, home: Path) -> "Owner":
        """Read it from the home."""
        kept = json.loads((home / "owner").read_text(encoding="utf-8"))
        return cls(Path(kept["link"]), Path(kept["base"]))

    def has(self, home: Path) -> bool:
        """Say whether the link still names the home."""
        return _target(self.link) == home

    def write(self, home: Path) -> None:
        """Keep it in the home; the file's time says when the home was used last."""
        paths.write(home / "owner", json.dumps({"link": str(self.link), "base": str(self.base)}))


def prepare(link: Path, purpose: str, package: Path, distribution: str) -> Place:
    """Return the place of a server whose home the var folder shows at `link`, ready for use."""
    if os.geteuid() == 0:
        with _system():
            account = _account()
            programs = _copied(package, f"{distribution}-{version(distribution)}")
            # Data of tests can always be made again, so theirs are never kept for a missing checkout.
            owner = Owner(link, Path("/") if purpose == "test" else link.parent.parent)
            place = Place(_system_home(owner), programs, account)
            _remove_orphans()
    else:
        _refuse_links(link)
        link.mkdir(mode=0o700, exist_ok=True)
        place = Place(link, package, None)
    processes.end_leftovers(place.home, PROGRAMS)
    return place


def _refuse_links(link: Path) -> None:
    if link.is_symlink():
        raise Trouble(
            f"{link} was made by root. Run this as root too, or delete {link.parent} (as root) to begin anew."
        )


@contextmanager
def _system() -> Iterator[None]:
    """Make the system's place and be alone in it."""
    SYSTEM.mkdir(mode=0o755, exist_ok=True)
    found = SYSTEM.lstat()
    if found.st_uid != 0 or found.st_mode & 0o022 or SYSTEM.is_symlink():
        raise Trouble(f"{SYSTEM} should be a folder that only root can write. Remove it and try again.")
    lock = Lock(SYSTEM / "lock")
    if not lock.take(seconds=60):
        raise Trouble(f"another command has been busy in {SYSTEM} for a minute. Try again when it is done.")
    try:
        yield
    finally:
        lock.free()


def _account() -> Account:
    """Return the user that the servers run as, made when there is none."""
    try:
        found = pwd.getpwnam(USER)
    except KeyError:
        _add_user()
        found = pwd.getpwnam(USER)
    if found.pw_uid == 0:
        raise Trouble(f"the user {USER} must not be root. Remove it and try again.")
    return Account(found.pw_uid, found.pw_gid)


def _add_user() -> None:
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if program is None:
        raise Trouble(
            f"as root, PostgreSQL runs as a user of its own, {USER}, and useradd is missing to make it. "
            "Install useradd (Debian's package passwd), or run this as an ordinary user."
        )
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/bin/false"]
    done = subprocess.run([program, *options, USER], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Trouble(f"cannot make the user {USER}: {done.stderr.strip()}")


def _copied(package: Path, name: str) -> Path:
    """Return a copy of a wheel's package that any user can read; a copy stands whole or not at all."""
    copy = SYSTEM / name
    if not copy.exists():
        new = SYSTEM / f"{name}.new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o755)
        skipped = shutil.ignore_patterns("*.a", "*.py", "include", "__pycache__")
        # A wheel keeps the libraries that its programs need in a folder beside the package.
        for source in filter(Path.exists, (package, package.with_name(f"{package.name}.libs"))):
            _copy(source, new / source.name, skipped)
        for path in new.rglob("*"):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        os.sync()  # the name says that it is whole, after a crash of the machine too
        new.rename(copy)
    return copy / package.name


def _copy(source: Path, copy: Path, skipped: Callable[[str, list[str]], set[str]]) -> None:
    try:
        shutil.copytree(source, copy, symlinks=True, ignore=skipped)
    except shutil.Error as error:
        reason = error.args[0][0][2].split(": '")[0]
        shutil.rmtree(copy)
        raise Trouble(f"cannot copy the programs to {copy}: {reason}") from error


def _system_home(owner: Owner) -> Path:
    link = owner.link
    if link.is_dir() and not link.is_symlink():
        raise Trouble(
            f"{link} was made by an ordinary user, and root cannot run PostgreSQL on it. "
            f"Run this as that user, or delete {link.parent} to begin anew."
        )
    home = _linked_home(link) or _new_home(link)
    owner.write(home)
    return home


def _linked_home(link: Path) -> Path | None:
    """Return the home that a link names when it is this link's; that of a copied checkout is still the first one's."""
    home = _target(link)
    if home is None or home.parent != SYSTEM or not (home / "owner").is_file():
        return None
    owner = Owner.of(home)
    return None if owner.link != link and owner.has(home) else home


def _new_home(link: Path) -> Path:
    home = SYSTEM / f"data-{secrets.token_hex(8)}"
    home.mkdir(mode=0o711)
    new = link.with_name(f"{link.name}.new")
    new.unlink(missing_ok=True)
    new.symlink_to(home)
    new.replace(link)
    return home


def _target(link: Path) -> Path | None:
    return link.readlink() if link.is_symlink() else None


def remove_orphans() -> None:
    """Remove, as root, the homes whose var folder was deleted; every start does so too."""
    with _system():
        _remove_orphans()


def _remove_orphans() -> None:
    for home in SYSTEM.glob("data-*"):
        if _is_orphan(home) and not processes.running_in(home, PROGRAMS):
            shutil.rmtree(home)


def _is_orphan(home: Path) -> bool:
    mark = home / "owner"
    if not mark.is_file():
        return True  # its making was interrupted
    owner = Owner.of(home)
    if owner.has(home):
        return False
    if not owner.base.exists():
        return time.time() - mark.stat().st_mtime > KEEP_MISSING
    # A var folder that was renamed still names it, though its servers have not started since.
    return not any(_target(link) == home for link in owner.base.glob(f"*/{owner.link.name}"))
