"""Print fresh secrets for .env; needs nothing but Python."""

import base64
import secrets

print(f"SECRET_KEY={secrets.token_urlsafe(50)}")
print(f"ENCRYPTION_KEYS=1:{base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}")
# A private key of P-256 for web push, as `manage.py new_vapid_key` prints it: a number below the order of the curve.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
key = (secrets.randbelow(ORDER - 1) + 1).to_bytes(32, "big")
print(f"VAPID_PRIVATE_KEY={base64.urlsafe_b64encode(key).decode().rstrip('=')}")
print(f"DATABASE_PASSWORD={secrets.token_urlsafe(24)}")
print(f"VALKEY_PASSWORD={secrets.token_urlsafe(24)}")
