#!/usr/bin/env python
"""Run Django's commands; without addresses in the environment, against the services of this checkout's trial."""

import os
import sys

from emocare.local import environment


def main() -> None:
    environment.activate()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "emocare.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
