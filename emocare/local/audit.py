"""Ask whether a package that we install has a known hole: `make lint` runs this over the lock files.

A hole fails it. A service that cannot be reached, or does not know the packages, does not: a line says how many were
looked at.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

SECONDS = 120
COMMAND = ["--disable-pip", "--no-deps", "--format", "json", "--progress-spinner", "off", "--desc", "off"]


def judge(report: dict) -> tuple[list[str], str]:
    """Return a line for each hole, and one that says how many packages were looked at."""
    packages = report["dependencies"]
    looked_at = [package for package in packages if "vulns" in package]
    told = f"Known holes: looked at {len(looked_at)} packages, could not look at {len(packages) - len(looked_at)}."
    return list(_holes(looked_at)), told


def _holes(packages: list[dict]) -> Iterator[str]:
    for package in packages:
        for hole in package["vulns"]:
            mended = ", ".join(hole.get("fix_versions", [])) or "no version yet"
            yield f"{package['name']} {package['version']}: {hole['id']}, mended in {mended}"


def main(locks: list[str]) -> int:
    """Print what is known; return 1 when a package has a hole, or a lock file is missing."""
    if missing := [lock for lock in locks if not Path(lock).is_file()]:
        print(f"There is no {', '.join(missing)}.")
        return 1
    command = [sys.executable, "-m", "pip_audit", *(f"--requirement={lock}" for lock in locks), *COMMAND]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        holes, told = judge(json.loads(done.stdout))
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        holes, told = [], "Known holes: the service cannot be reached; looked at 0 packages."
    print("\n".join([*holes, told]))
    return 1 if holes else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
