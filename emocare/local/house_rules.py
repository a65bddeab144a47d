"""Rules that no linter knows: `make lint` runs this and fails on the first list that is not empty."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST_FILE = 400  # lines
LONGEST_FUNCTION = 50
TRANSPORT = ("views", "consumers", "api", "pages")


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.split() if "/migrations/" not in name and (ROOT / name).exists()]


def _is_transport(path: Path) -> bool:
    return (path.stem in TRANSPORT or path.parent.name in TRANSPORT) and "tests" not in path.parts


def _of_file(path: Path) -> Iterator[str]:
    source = path.read_text(encoding="utf-8")
    where = path.relative_to(ROOT)
    if (lines := source.count("\n")) > LONGEST_FILE:
        yield f"{where}: {lines} lines; is it two topics?"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            if size > LONGEST_FUNCTION:
                yield f"{where}:{node.lineno} {node.name}: {size} lines"
        if _is_transport(path) and isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}:
            yield f"{where}:{node.lineno} queries a model; views and consumers ask access.py or a service"


def main() -> int:
    """Print what breaks a rule; return 1 when something does."""
    broken = [line for path in _tracked() for line in _of_file(path)]
    print("\n".join(broken) or "House rules: all kept.")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
