"""Ports of this machine."""

import errno
import socket


def free_port() -> int:
    """Return a port that nobody listens on at the moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def refusal(host: str, port: int) -> OSError | None:
    """Return why nobody could listen there now; None when it is free."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
            listener.listen()
        except OSError as error:
            return error
    return None


def is_taken(error: OSError | None) -> bool:
    """Say whether somebody listens there already."""
    return error is not None and error.errno == errno.EADDRINUSE


def own_addresses() -> list[str]:
    """Return the addresses by which other machines may reach this one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Chooses the way out without sending anything; the address is one reserved for documentation.
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return []
        return [probe.getsockname()[0]]
