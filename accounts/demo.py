"""The demonstration accounts: for the trial and the tests; production refuses them."""

from binascii import hexlify
from hashlib import sha256

from accounts.choices import Role

DOMAIN = "demo.emocare.kz"
PASSWORD = "Emocare-demo-2026"  # noqa: S105 -- printed by `make run`, exists only with demonstration data
PEOPLE = [
    ("user", "Айгерім", Role.USER),
    ("user2", "Дамир", Role.USER),
    ("volunteer", "Сәуле", Role.VOLUNTEER),
    ("volunteer2", "Тимур", Role.VOLUNTEER),
    ("psychologist", "Әсел Нұрланқызы", Role.PSYCHOLOGIST),
    ("psychologist2", "Марат Серікұлы", Role.PSYCHOLOGIST),
    ("curator", "Гүлнар", Role.STAFF),
    ("admin", "Әкімші", Role.USER),
]
ADMINISTRATORS = {"admin"}
WITH_SECOND_FACTOR = {"psychologist", "psychologist2", "curator", "admin"}
SIGN_INS = [
    (f"{name}@{DOMAIN}", "admin" if name in ADMINISTRATORS else str(role.value)) for name, _shown, role in PEOPLE
]


def totp_key(email: str) -> str:
    """Return the hexadecimal key of a demonstration account's authenticator, the same in every trial."""
    return hexlify(sha256(f"demonstration:{email}".encode()).digest()[:20]).decode()
