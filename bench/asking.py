"""How often a page asks the database: `python -m bench.asking` reads what bench.takers printed.

Prints JSON: for each page the most queries, those for the session and the person not counted.
"""

import json
import sys
from typing import Any

OF_EVERY_PAGE = ("django_session", "accounts_user")


def _queries(client: Any, path: str, cookie: str, form: dict[str, str] | None) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        given = {"HTTP_COOKIE": cookie}
        response = client.get(path, **given) if form is None else client.post(path, form, **given)
    if response.status_code not in {200, 302}:
        raise RuntimeError(f"{path} answered {response.status_code}")
    asked = [query["sql"] for query in captured if query["sql"].startswith(("SELECT", "UPDATE", "INSERT", "DELETE"))]
    return len([sql for sql in asked if not any(f'FROM "{table}"' in sql for table in OF_EVERY_PAGE)])


def main() -> None:
    """Ask for each page as each person, twice: the texts of tests are read once in a process."""
    import django

    django.setup()
    from django.test import Client

    client, most = Client(SERVER_NAME="127.0.0.1"), {}
    for page, requests in json.load(sys.stdin).items():
        _queries(client, *requests[0])
        most[page] = max(_queries(client, *request) for request in requests)
    print(json.dumps(most))


if __name__ == "__main__":
    main()
