"""Where a request ends: nobody slips a second one in behind the first."""

import socket
from urllib.parse import urlsplit

import pytest

HEAD = b"POST /exit/ HTTP/1.1\r\nHost: localhost\r\n"
SECOND = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


def answers(site: str, request: bytes) -> list[bytes]:
    """Return the first lines of what comes back until the server closes."""
    with socket.create_connection((urlsplit(site).hostname, urlsplit(site).port), timeout=10) as connection:
        connection.sendall(request)
        came = b""
        while part := connection.recv(65536):
            came += part
    return [line for line in came.split(b"\r\n") if line.startswith(b"HTTP/")]


def test_the_chunks_count_before_the_length_and_the_connection_ends(site_process):
    both = HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SECOND
    assert len(answers(site_process, both)) == 1


@pytest.mark.parametrize(
    "lines",
    [
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Content-Length: +5\r\n",
        b"Content-Length : 5\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding: xchunked\r\nContent-Length: 5\r\n",
    ],
)
def test_a_length_that_can_be_read_in_two_ways_is_refused(site_process, lines):
    refused = answers(site_process, HEAD + lines + b"\r\nabcde" + SECOND)
    assert refused == [b"HTTP/1.1 400 Bad Request"]
