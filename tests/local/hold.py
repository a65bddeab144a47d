"""Use the services of a var folder until the standard input ends: python -m tests.local.hold VAR PURPOSE."""

import json
import sys
from pathlib import Path

from emocare.local import services
from emocare.local.errors import explained

if __name__ == "__main__":
    with explained(), services.running(Path(sys.argv[1]), sys.argv[2]) as addresses:
        sys.stdout.write(json.dumps(addresses) + "\n")
        sys.stdout.flush()
        sys.stdin.read()
