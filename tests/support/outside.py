"""What a process of its own is told, so that it works with this test's database and mail server."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection


def database_url() -> str:
    """Return the address of the database of this test's process."""
    return urlsplit(settings.DATABASE_URL)._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


def mail_to(server: Any) -> dict[str, str]:
    """Return the variables by which letters go to a server that has a `hostname` and a `port`."""
    return {"EMAIL_HOST": server.hostname, "EMAIL_PORT": str(server.port), "EMAIL_USE_TLS": "no"}
