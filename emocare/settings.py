"""All settings, read from the environment. `docs/configuration.md` explains each variable.

EMOCARE_MODE is `production` unless something says otherwise: `make run` says `development`, `make test` says `test`.
"""

from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url

from emocare import crypto, env, keeping, logs, policy, push_services, rates

BASE_DIR = Path(__file__).resolve().parent.parent
MODE = env.choice("EMOCARE_MODE", ("production", "development", "test"), "production")
PRODUCTION = MODE == "production"
DEBUG = env.flag("DEBUG") and not PRODUCTION
VAR = Path(env.text("EMOCARE_VAR") or BASE_DIR / "var")

# Secrets and addresses
SECRET_KEY = env.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.items("SECRET_KEY_FALLBACKS")
ENCRYPTION_KEYS = env.text("ENCRYPTION_KEYS")
DATABASE_URL = env.address("DATABASE_URL", "postgres", "postgresql")
REDIS_URL = env.address("REDIS_URL", "redis", "rediss", "unix")
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.items("CSRF_TRUSTED_ORIGINS")
if PRODUCTION:
    env.require(
        SECRET_KEY=SECRET_KEY,
        ALLOWED_HOSTS=ALLOWED_HOSTS,
        DATABASE_URL=DATABASE_URL,
        REDIS_URL=REDIS_URL,
        ENCRYPTION_KEYS=ENCRYPTION_KEYS,
    )
crypto.parse_keys(ENCRYPTION_KEYS)

# Applications
INSTALLED_APPS = [
    "emocare.apps.EmocareConfig",
    "accounts",
    "tracker",
    "tests_app",
    "emergency",
    "chat",
    "notifications",
    "whitenoise.runserver_nostatic",
    "emocare.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "channels",
    "procrastinate.contrib.django",
    "csp",
    "allauth",
    "allauth.account",
    "emocare.apps.AxesConfig",
    "django_otp",
    "django_otp.plugins.otp_email",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "django_otp_webauthn",
]
# The first three are outermost, so that static files and refusals of the others are counted and carry headers too.
MIDDLEWARE = [
    "emocare.tracing.TraceMiddleware",
    "emocare.middleware.HeadersMiddleware",
    "emocare.middleware.PolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.signin.middleware.PresenceMiddleware",
    "emocare.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "emocare.middleware.Utf8Middleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "emocare.middleware.TimeZoneMiddleware",
    "emocare.middleware.SignInMiddleware",
    "accounts.factors.middleware.FactorMiddleware",
    "accounts.kin.gate.ConsentMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "emocare.urls"
WSGI_APPLICATION = "emocare.wsgi.application"
ASGI_APPLICATION = "emocare.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "emocare.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django.templatetags.cache",
                "emocare.templatetags.emocare",
                "tracker.templatetags.tracker",
                "notifications.templatetags.notifications",
                "emergency.templatetags.heeding",
                "emergency.templatetags.alarms",
            ],
        },
    },
]
FORM_RENDERER = "emocare.forms.Renderer"

# Data
WORKER_THREADS = env.number("WORKER_THREADS", 4, minimum=1)  # tasks that a process in the background runs at a time
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 23 * 3600}  # what came due while no worker ran is made up for, once
DATABASES = {"default": dj_database_url.parse(DATABASE_URL) if DATABASE_URL else {}}
if DATABASE_URL:
    # A pool serves threads of WSGI and ASGI workers alike; persistent connections do not help under ASGI. Those that a
    # restart of PostgreSQL ended are found when they are taken; after a long one the pool does not sleep for long.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {
        **DATABASES["default"].get("OPTIONS", {}),
        "pool": {
            "min_size": 1,
            "max_size": max(env.number("DATABASE_POOL", 8, minimum=1), WORKER_THREADS),
            "timeout": 10,
            "reconnect_timeout": 10,
        },
    }
_CACHES = "django.core.cache.backends"
CACHES = {
    "default": {"BACKEND": f"{_CACHES}.redis.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "emocare"},
    # Parts of pages that are the same for everybody who looks in the same way; never anything about a person.
    "template_fragments": {
        "BACKEND": f"{_CACHES}.locmem.LocMemCache",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_timeout": 5}]},  # else it may wait for ever for an answer
    }
}

# Languages and time
LANGUAGE_CODE = "kk"
LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "emocare_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "libraries"]
FORMAT_MODULE_PATH = "emocare.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Almaty"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT") or VAR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.text("MEDIA_ROOT") or VAR / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "emocare.staticfiles.Storage"},
}
# Heads of the journal's chain and keys of erased accounts; best on another disk than the database.
JOURNAL_LEDGER = Path(env.text("JOURNAL_LEDGER") or VAR / "journal-ledger.txt")
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
DATA_UPLOAD_MAX_NUMBER_FILES = 100
FILE_UPLOAD_HANDLERS = ["emocare.uploads.InMemory"]  # nothing readable touches a disk
FILE_UPLOAD_PERMISSIONS = 0o640

# Copies, encrypted for public keys: the newest of each of the last days, weeks and months, none after BACKUP_DAYS
BACKUP_DIR = Path(env.text("BACKUP_DIR") or VAR / "backups")
BACKUP_RECIPIENTS = env.items("BACKUP_RECIPIENTS")
BACKUP_KEEP = {
    "daily": env.number("BACKUP_KEEP_DAILY", 7, minimum=1),
    "weekly": env.number("BACKUP_KEEP_WEEKLY", 4),
    "monthly": env.number("BACKUP_KEEP_MONTHLY", 0),
}
BACKUP_DAYS = env.number("BACKUP_DAYS", 30, minimum=1)
# What a copy's manifest says besides: name -> path of a function that gets psycopg's connection at that moment.
BACKUP_FACTS = {"journal head": "emocare.backup.facts.journal_head"}
# Hours after which a person signs in anew, however much happens. Less than 20 would call for a warning (WCAG 2.2.1).
SESSION_HOURS = {
    "user": env.number("SESSION_HOURS_USER", 30 * 24, minimum=20),
    "staff": env.number("SESSION_HOURS_STAFF", 24, minimum=20),
}
# A session is ended by its sign-in's row.
KEEP_DAYS = keeping.days(max(SESSION_HOURS.values()))

# People: sign-up, sign-in, passwords
AUTH_USER_MODEL = "accounts.User"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # uniqueness of the address is a constraint over its lower case
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "notifications.backends.AuthenticationBackend",  # allauth's, with the number of unread news
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "email", "shown_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "accounts.passwords.GuessableWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_USER_DISPLAY = str
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 2
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # seconds
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "allauth.account.forms.EmailAwarePasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_RATE_LIMITS = rates.LIMITS
ACCOUNT_FORMS = {
    "signup": "accounts.forms.EmailSignupForm",
    "login": "accounts.forms.LoginForm",
    "add_email": "accounts.forms.AddEmailForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 0)
AXES_HANDLER = "accounts.signin.handler.Handler"  # which also says for how long signing in closes
AXES_FAILURE_LIMIT = 5
FAILURES_EVERYWHERE = env.number("SIGN_IN_FAILURES_EVERYWHERE", 50, minimum=5)
AXES_COOLOFF_TIME = KEEP_DAYS["failed_sign_ins"] * 24  # hours for which the record of a failure is kept
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "altcha", "oldpassword", "password1", "password2"]
AXES_ENABLE_ADMIN = False  # accounts.signin.admin has its own page
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "accounts.signin.lockout.account_name"
AXES_CLIENT_IP_CALLABLE = "accounts.signin.addresses.client_address"
AXES_LOCKOUT_CALLABLE = "emocare.errors.locked_out"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
OTP_TOTP_ISSUER = "Emocare"
OTP_EMAIL_TOKEN_VALIDITY = 600  # seconds
OTP_ADMIN_HIDE_SENSITIVE_DATA = True
FACTOR_NAME_LENGTH = 64  # as django-otp keeps it
RECOVERY_CODE_COUNT = 10
# Days for which a role holds until it is checked again.
ROLE_DAYS = {
    "volunteer": env.number("VOLUNTEER_DAYS", 730, minimum=1),
    "psychologist": env.number("PSYCHOLOGIST_DAYS", 365, minimum=1),
}

# Training: the wait after a failed test, how long a certificate is valid, how long before its end it can be renewed
TRAINING_RETRY_MINUTES = env.number("TRAINING_RETRY_MINUTES", 60)
TRAINING_VALID_DAYS = env.number("TRAINING_VALID_DAYS", 730, minimum=1)
TRAINING_RENEW_DAYS = 60

# Helpers: how many people one helps when nobody said otherwise, and at most; how many of a role a person has at a time
HELPER_LOADS = {
    "volunteer": env.number("VOLUNTEER_LOAD", 5, minimum=1),
    "psychologist": env.number("PSYCHOLOGIST_LOAD", 20, minimum=1),
}
HELPER_LOAD_MAXIMUM = env.number("HELPER_LOAD_MAXIMUM", 40, minimum=1)
HELPERS_PER_PERSON = {
    "volunteer": env.number("VOLUNTEERS_PER_PERSON", 1, minimum=1),
    "psychologist": env.number("PSYCHOLOGISTS_PER_PERSON", 1, minimum=1),
}
HELPER_OFFER_HOURS = env.number("HELPER_OFFER_HOURS", 48, minimum=1)
# Age: below the first a legal representative has to agree, from the second on nothing differs.
CONSENT_AGE = env.number("CONSENT_AGE", 16)
ADULT_AGE = env.number("ADULT_AGE", 18, minimum=CONSENT_AGE)
GUARDIAN_LINK_DAYS = 14
SUPPORT_LINK_HOURS = 72
# Downloads and deleting: how long a file waits, how long one can change one's mind
EXPORT_HOURS = env.number("EXPORT_HOURS", 48, minimum=1)
ERASURE_DAYS = env.number("ERASURE_DAYS", 7, minimum=1)
PROOF_OF_WORK = env.number("PROOF_OF_WORK", 20_000, minimum=100)  # steps that a browser counts at most
# Minutes without anything happening after which a person is signed out.
IDLE_MINUTES = {
    "user": env.number("IDLE_MINUTES_USER", 12 * 60, minimum=5),
    "volunteer": env.number("IDLE_MINUTES_VOLUNTEER", 2 * 60, minimum=5),
    "staff": env.number("IDLE_MINUTES_STAFF", 30, minimum=5),
    "admin": env.number("IDLE_MINUTES_ADMIN", 15, minimum=5),
    "shared": env.number("IDLE_MINUTES_SHARED", 10, minimum=5),
}

# Mail; SITE_URL begins the links of letters that no request causes
SITE_URL = env.address("SITE_URL", "https", "http", default=f"https://{ALLOWED_HOSTS[0].lstrip('.')}").rstrip("/")
# Passkeys belong to a host name for good; outside production any port of localhost will do.
OTP_WEBAUTHN_RP_NAME = env.text("PASSKEY_NAME", "Emocare")
OTP_WEBAUTHN_RP_ID = env.text("PASSKEY_HOST", (urlsplit(SITE_URL).hostname or "") if PRODUCTION else "localhost")
OTP_WEBAUTHN_ALLOWED_ORIGINS = env.items(
    "PASSKEY_ORIGINS", env.origin("SITE_URL", SITE_URL) if PRODUCTION else "http://localhost"
)
OTP_WEBAUTHN_HELPER_CLASS = "accounts.factors.passkeys.Helper"
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Emocare <no-reply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 587, minimum=1)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", PRODUCTION)
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = "notifications.mail.backend.Outbox"  # stores letters for the worker, which sends by EMAIL_TRANSPORT
EMAIL_TRANSPORT = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
MAIL_EXPIRES_HOURS = env.number("MAIL_EXPIRES_HOURS", 72, minimum=1)
EMAIL_FILE_PATH = VAR / "mail"
NOTIFY = "notifications.services.notify"  # what apps below notifications call, through emocare.notices
HEED = "emergency.heeding.heed"  # what apps below emergency call with what people write, through emocare.heeding
PARTED = "chat.live.parted"  # what accounts call with an assignment that is over
CHAT_BURST = env.number("CHAT_BURST", 20, minimum=1)  # messages of one person in five seconds
RISK_CAUTION = env.decimal("RISK_CAUTION", 0.0, -2.0, 2.0)  # the higher, the sooner the risk check says danger
URGENT_MINUTES = {  # after which an urgent request that nobody has taken calls more people, by its level
    "imminent": env.number("URGENT_MINUTES_IMMINENT", 1, minimum=1),
    "high": env.number("URGENT_MINUTES_HIGH", 5, minimum=1),
    "watch": env.number("URGENT_MINUTES_WATCH", 30, minimum=1),
}

# Web push, off without a key; docs/decisions/0028-web-push.md. Messages go to these hosts alone.
VAPID_PRIVATE_KEY = env.text("VAPID_PRIVATE_KEY")
VAPID_CONTACT = env.text("VAPID_CONTACT", "" if PRODUCTION else "mailto:trial@localhost")
PUSH_SERVICES = env.items("PUSH_SERVICES", push_services.USUAL)
PUSH_DEVICES = 10  # of a person; one more takes the place of the oldest

# What a browser is told: docs/decisions/0020-csp.md
QUICK_EXIT_URL = env.address("QUICK_EXIT_URL", "https", "http", default="https://www.kazhydromet.kz/")
CONTENT_SECURITY_POLICY = policy.of_pages(env.origin("QUICK_EXIT_URL", QUICK_EXIT_URL))
ADMIN_POLICY = policy.OF_ADMINISTRATION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# A browser takes a cookie of such a name only over TLS, from this host alone and for all of it.
HOST_PREFIX = "__Host-" if PRODUCTION else ""
SESSION_COOKIE_NAME = f"{HOST_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{HOST_PREFIX}csrftoken"
DEVICE_COOKIE_NAME = f"{HOST_PREFIX}emocare_device"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "emocare.errors.csrf_failure"
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|metrics)$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    # Whether a whole domain goes into the browsers' list, and stays, is for its operator to say.
    SECURE_HSTS_PRELOAD = env.flag("HSTS_PRELOAD")
    SILENCED_SYSTEM_CHECKS.append("security.W021")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    if env.number("TRUSTED_PROXIES", 0):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DEMONSTRATION = not PRODUCTION  # accounts and data for the trial and the tests, never in production

OPERATOR = {"name": env.text("OPERATOR_NAME"), "contact": env.text("OPERATOR_CONTACT")}  # on the public pages

# How the operator sees that it is well: docs/operations.md
RELEASE = env.text("RELEASE")
LOGGING = logs.configuration(
    env.choice("LOG_FORMAT", ("json", "line"), "json" if PRODUCTION else "line"), every_request=env.flag("LOG_REQUESTS")
)
METRICS_ALLOW = env.networks("METRICS_ALLOW", "127.0.0.0/8,::1" if MODE == "development" else "")
METRICS_TOKEN = env.secret("METRICS_TOKEN", shortest=24)
SENTRY_DSN = env.address("SENTRY_DSN", "https", "http")
