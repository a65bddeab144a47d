"""Values and bodies that no person sends and that somebody will."""

import json
from collections.abc import Iterator
from urllib.parse import quote, quote_from_bytes

from hypothesis import strategies

VALUES = [
    "\0",
    "a\0b",
    b"\xed\xa0\x80",  # half of a pair
    b"\xff\xfe",
    "9" * 400,
    "-1",
    "0",
    "1e400",
    "NaN",
    "99999999999999999999",
    "\u202e\u2066מה\u200f",
    "😀" * 300,
    "x" * 200_000,
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "{{ 7 }}{% x %}",
    "../../etc/passwd",
    "0000-00-00",
    "9999-12-31",
    "25:61",
    "[]",
    '{"a": null}',
    "7c0de6a6-2cd4-4ca3-a3b7-4d6c7b6f2f11",
    "\r\nSet-Cookie: x=y",
    "٣",
    " ",
    "",
]
BOUNDARY = "x-boundary"
FORM, MULTIPART = "application/x-www-form-urlencoded", f"multipart/form-data; boundary={BOUNDARY}"
# What a form gets instead of a form: content type and bytes.
BODIES = {
    "a part without an end": (MULTIPART, f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="a"\r\n\r\nx'.encode()),
    "no part at all": (MULTIPART, b"x" * 2000),
    "a boundary of nothing": ("multipart/form-data; boundary=", b"x"),
    "no boundary": ("multipart/form-data", b"x"),
    "a part with a wrong encoding": (
        MULTIPART,
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n'
        f"--{BOUNDARY}--\r\n".encode(),
    ),
    "too many fields": (FORM, b"&".join(b"f%d=1" % i for i in range(500))),
    "too many parts": (
        MULTIPART,
        b"".join(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="f{i}"; filename="{i}"\r\n\r\nx\r\n'.encode()
            for i in range(150)
        )
        + f"--{BOUNDARY}--\r\n".encode(),
    ),
    "too large": (FORM, b"a=" + b"x" * 1_200_000),
    "deep JSON": ("application/json", b"[" * 20_000 + b"]" * 20_000),
    "JSON of another shape": ("application/json", json.dumps({"id": [1], "response": None, "rawId": {}}).encode()),
    "JSON that is no object": ("application/json", b"null"),
    "no UTF-8": (FORM, b"note=\xff\xfe&level=%ff"),
    "an unknown alphabet": ("application/x-www-form-urlencoded; charset=x-unknown", b"a=b"),
    "no kind": ("", b"\0\1\2"),
}


def encoded(pairs: list[tuple[str, str | bytes]]) -> bytes:
    """Return a form's body, also of bytes that are no text."""
    parts = (
        f"{quote(name)}={quote_from_bytes(value) if isinstance(value, bytes) else quote(value)}"
        for name, value in pairs
    )
    return "&".join(parts).encode()


def filled(fields: list[str], turn: int, most: int) -> Iterator[bytes]:
    """Give bodies in which each field holds one of the values, another in each body; the first field is there twice."""
    for shift in range(most):
        pairs = [(name, VALUES[(turn + 7 * shift + i) % len(VALUES)]) for i, name in enumerate(fields)]
        yield encoded([*pairs, *pairs[:1]])


values = strategies.one_of(
    strategies.sampled_from(VALUES),
    strategies.text(alphabet=strategies.characters(exclude_categories=["Cs"]), max_size=40),
    strategies.binary(max_size=20),
    strategies.integers().map(str),
    strategies.floats().map(str),
    strategies.datetimes().map(str),
    strategies.uuids().map(str),
)
