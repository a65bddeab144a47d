"""Where a request comes from, and how much of it is kept."""

import ipaddress

from allauth.core.internal.httpkit import get_client_ip
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

KEPT = {4: 24, 6: 48}  # bits of an address that the journal of sign-ins keeps
ONE_CLIENT = {4: 32, 6: 64}  # whoever has one IPv6 address has all of its /64


def client_address(request: HttpRequest) -> str | None:
    """Return the client's address, counted from the right of X-Forwarded-For by TRUSTED_PROXIES."""
    try:
        return get_client_ip(request)
    except ImproperlyConfigured:  # fewer addresses than there are proxies: it did not come through all of them
        return None


def _network(address: str | None, bits: dict[int, int]) -> str:
    if not address:
        return ""
    parsed = ipaddress.ip_address(address)
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    return str(ipaddress.ip_network(f"{parsed}".partition("%")[0] + f"/{bits[parsed.version]}", strict=False))


def client(request: HttpRequest) -> str:
    """Return what counts as one client when failures are counted."""
    return _network(client_address(request), ONE_CLIENT)


def shortened(request: HttpRequest) -> str:
    """Return the network of a request as it may be kept and shown: 203.0.113.0/24; empty when it is not known."""
    return _network(client_address(request), KEPT)
