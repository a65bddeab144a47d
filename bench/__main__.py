"""Run the benchmarks: `python -m bench [NAME]`; each prints a table and writes var/bench/NAME.json."""

import sys

from bench import (
    background,
    bell,
    chat,
    chat_faults,
    instruments,
    privacy,
    risk,
    row_security,
    serving,
    tracker,
    urgent,
)

BENCHES = {
    "serving": serving.run,
    "tracker": tracker.run,
    "row_security": row_security.run,
    "privacy": privacy.run,
    "instruments": instruments.run,
    "background": background.run,
    "bell": bell.run,
    "risk": risk.run,
    "urgent": urgent.run,
    "chat": chat.run,
    "chat_faults": chat_faults.run,
}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    for name in names or BENCHES:
        BENCHES[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
