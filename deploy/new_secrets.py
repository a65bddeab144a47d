"""Print fresh secrets for .env; needs nothing but Python."""

import base64
import secrets

print(f"SECRET_KEY={secrets.token_urlsafe(50)}")
print(f"ENCRYPTION_KEYS=1:{base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}")
print(f"DATABASE_PASSWORD={secrets.token_urlsafe(24)}")
print(f"VALKEY_PASSWORD={secrets.token_urlsafe(24)}")
