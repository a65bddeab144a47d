"""What a lock names is installed from wheels, and what has none is built with nothing that was fetched for it."""

from pathlib import Path

from emocare.local import paths, wheels

NAMES = ("alpha==1", "http-ece==1.2.1", "setuptools==84")
LOCK = "".join(f"{name} \\\n    --hash=sha256:{name[-1]}\n" for name in NAMES)


def test_what_has_no_wheel_comes_last_and_fetches_no_tools(tmp_path: Path) -> None:
    lock, asked = tmp_path / "a.lock", []
    lock.write_text(LOCK)
    wheels.install("python", lock, lambda command: asked.append((command, Path(command[-1]).read_text())))
    (first, rest), (last, built) = asked
    assert "--only-binary=:all:" in first
    assert ("alpha" in rest, "setuptools" in rest, "http-ece" in rest) == (True, True, False)
    assert {"--no-build-isolation", "--require-hashes", "--no-binary=http-ece"} <= set(last)
    assert built.startswith("http-ece==1.2.1 \\\n    --hash")
    assert "alpha" not in built


def test_every_lock_names_the_tool_that_builds_it() -> None:
    for lock in paths.ROOT.glob("requirements*.lock"):
        text = lock.read_text()
        assert all(f"\n{name}==" in text for name in wheels.WITHOUT)
        assert "\nsetuptools==" in text
