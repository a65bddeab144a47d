"""The question about known holes: what it says of an answer, and that no answer stops nobody."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from emocare.local.audit import judge

SOUND = {"name": "django", "version": "5.2.19", "vulns": []}
UNKNOWN = {"name": "altcha", "skip_reason": "Dependency not found on PyPI and could not be audited: altcha (2.3.0)"}
# As pip-audit told of an old version of Django.
HOLED = {
    "name": "django",
    "version": "4.2.0",
    "vulns": [
        {"id": "PYSEC-2023-61", "fix_versions": ["3.2.19", "4.1.9", "4.2.1"], "aliases": ["CVE-2023-31047"]},
        {"id": "PYSEC-0000-1", "fix_versions": [], "aliases": []},
    ],
}


def test_each_hole_is_told_with_the_version_that_mends_it():
    holes, told = judge({"dependencies": [SOUND, HOLED, UNKNOWN]})
    assert holes == [
        "django 4.2.0: PYSEC-2023-61, mended in 3.2.19, 4.1.9, 4.2.1",
        "django 4.2.0: PYSEC-0000-1, mended in no version yet",
    ]
    assert told == "Known holes: looked at 2 packages, could not look at 1."


def test_without_a_hole_nothing_is_wrong():
    assert judge({"dependencies": [SOUND, UNKNOWN]})[0] == []


def audit(lock: Path, **variables: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "emocare.local.audit", str(lock)]
    return subprocess.run(command, capture_output=True, text=True, cwd=settings.BASE_DIR, env=os.environ | variables)


def test_a_service_that_cannot_be_reached_stops_nobody(tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text("django==5.2.19\n")
    done = audit(lock, HTTPS_PROXY="http://127.0.0.1:9", HTTP_PROXY="http://127.0.0.1:9", NO_PROXY="", no_proxy="")
    assert (done.returncode, done.stdout) == (0, "Known holes: the service cannot be reached; looked at 0 packages.\n")


def test_a_lock_file_that_is_missing_is_no_silence(tmp_path):
    assert audit(tmp_path / "missing.lock").returncode == 1
