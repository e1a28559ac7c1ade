"""Settings, from the environment. Every name is explained in docs/guide/operator.md.

Two modes: `local` (the sample ministry on one's own machine, http on loopback) and `production`,
which refuses to start without its keys.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from caicach.config.logs import logging_settings


def env(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


MODE = env("CAICACH_MODE", "local")
if MODE not in ("local", "production"):
    raise ImproperlyConfigured("CAICACH_MODE is 'local' or 'production'.")
LOCAL = MODE == "local"

DATA_DIR = Path(env("CAICACH_DATA", "var")).resolve()
"""Where the embedded database, the files, the keys and the journal's heads live."""


def secret(name: str, file: str) -> str:
    """A key from the environment, else (local mode only) a random one kept in a 0600 file beside the data."""
    value = env(name)
    if value:
        if len(value) < 32 or len(set(value)) < 10:
            raise ImproperlyConfigured(f"{name} is too weak: give at least 32 random characters.")
        return value
    if not LOCAL:
        raise ImproperlyConfigured(f"{name} is not set. In production every key comes from the environment.")
    path = DATA_DIR / "keys" / file
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process of the same start made it first
            return path.read_text().strip()
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


SECRET_KEY = secret("CAICACH_SECRET_KEY", "secret")
AUDIT_KEY = secret("CAICACH_AUDIT_KEY", "audit")
"""Signs the journal's heads and each entry. The database never holds it."""
if SECRET_KEY == AUDIT_KEY:
    raise ImproperlyConfigured("CAICACH_SECRET_KEY and CAICACH_AUDIT_KEY must differ.")
AUDIT_HEADS = Path(env("CAICACH_AUDIT_HEADS") or DATA_DIR / "audit-heads.jsonl")

DEBUG = env("CAICACH_DEBUG") == "1"
if DEBUG and not LOCAL:
    raise ImproperlyConfigured("CAICACH_DEBUG shows the inside of the product to whoever asks: not in production.")
API_DESCRIPTION = LOCAL or env("CAICACH_API_DESCRIPTION") == "1"
"""Whether /api/openapi.json answers."""
PROXIES = int(env("CAICACH_PROXIES", "0"))
"""How many reverse proxies stand before the product; each adds the address it was asked from to X-Forwarded-For."""
ALLOWED_HOSTS = env("CAICACH_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in env("CAICACH_ORIGINS").split(",") if o]
BASE_URL = env("CAICACH_BASE_URL", "http://localhost:8000")

INSTALLED_APPS = [
    "caicach.measurement.reporting",
    "caicach.measurement.programme",
    "caicach.registry.legislation",
    "caicach.registry.organisation",
    "caicach.kernel.operation",
    "caicach.kernel.papers",
    "caicach.kernel.tables",
    "caicach.kernel.ui",
    "caicach.kernel.search",
    "caicach.kernel.notifications",
    "caicach.kernel.jobs",
    "caicach.kernel.files",
    "caicach.kernel.numbering",
    "caicach.kernel.identity",
    "caicach.kernel.usecase",
    "caicach.kernel.audit",
    "caicach.kernel.calendar",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_cotton.apps.SimpleAppConfig",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.forms",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "caicach.kernel.usecase.middleware.RequestContext",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "caicach.kernel.ui.middleware.LanguageOfChoice",
    "caicach.kernel.ui.middleware.TextsThatCanBeKept",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "caicach.kernel.identity.middleware.ActorOfRequest",
    "caicach.kernel.ui.middleware.SecurityHeaders",
    "caicach.kernel.ui.middleware.Problems",
]

ROOT_URLCONF = "caicach.config.urls"
WSGI_APPLICATION = "caicach.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "caicach.kernel.ui.loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "caicach.kernel.ui.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django_cotton.templatetags.cotton",
                "caicach.kernel.ui.templatetags.ui",
            ],
        },
    }
]
COTTON_DIR = "cotton"
# A component sees its own parameters and what the context processors give, never a page's variables by accident.
COTTON_ISOLATE_BY_DEFAULT = True
FORM_RENDERER = "caicach.kernel.ui.forms.Renderer"
CSRF_FAILURE_VIEW = "caicach.kernel.ui.problems.csrf_failure"
ORGANISATION_NAME = env("CAICACH_ORGANISATION", "Bộ Nội vụ")
"""Whose system it is: shown beside the mark, on the sign-in page and in titles."""
HELP_CONTACT = env("CAICACH_HELP_CONTACT")
"""Whom to call, in words, shown where a person may be stuck; nothing is shown when empty."""

DATABASES = {"default": dj_database_url.parse(env("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'caicach.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        # FULL: what was acknowledged survives a power cut.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # As long as SQLite's own: whoever waits for a row longer is told so, instead of holding a thread for ever.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c lock_timeout=30s")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Many more than the 300 of the framework: what is counted for a limit must not be pushed out by other counts.
MEMORY_CACHE = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "OPTIONS": {"MAX_ENTRIES": 100_000},
}
CACHES = (
    {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env("CACHE_URL")}}
    if env("CACHE_URL")
    else {"default": MEMORY_CACHE}
)

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default"],
    }
}

# --- identity ---------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "identity.Account"
AUTHENTICATION_BACKENDS = ["caicach.kernel.identity.backends.AccountBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "caicach.kernel.identity.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_FORMS = {"login": "caicach.kernel.identity.forms.SignInForm"}
# 5 wrong passwords for a name from one network lock that pair for 15 minutes: a stranger cannot shut a known user out
# (the pair is made in the adapter).
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key,30/m/ip", "login": "60/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES


def limit(name: str, default: str) -> tuple[int, int]:
    """ "120/60": 120 calls of one person in 60 seconds; "0/60" sets no limit."""
    calls, _slash, seconds = env(name, default).partition("/")
    if not (calls.isdecimal() and seconds.isdecimal() and int(seconds)):
        raise ImproperlyConfigured(f"{name} is calls/seconds, such as {default}.")
    return int(calls), int(seconds)


RATE_LIMITS = {
    "api": limit("CAICACH_LIMIT_API", "600/60"),
    "search": limit("CAICACH_LIMIT_SEARCH", "60/60"),
    "export": limit("CAICACH_LIMIT_EXPORT", "10/3600"),
}
"""Of one person: far above what anyone does by hand, below what keeps the server from answering the others."""
SECOND_FACTOR_REQUIRED = not LOCAL
"""Off in the sample ministry alone, where people only look around."""
MFA_ADAPTER = "caicach.kernel.identity.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "caicach"
# Browsers allow passkeys over http on localhost only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL
USERSESSIONS_TRACK_ACTIVITY = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "caicach.kernel.identity.passwords.NotTooLong"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name", "email")},
    },
    {"NAME": "caicach.kernel.identity.passwords.NotAWordOfThisHouse"},
    {"NAME": "caicach.kernel.identity.passwords.NotTheOneThatOthersKnow"},
]

# What stands in the place of "---------" where a filter narrows nothing.
FILTERS_EMPTY_CHOICE_LABEL = _("Any")

SESSION_ENGINE = "caicach.kernel.identity.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = int(env("CAICACH_SESSION_IDLE_MINUTES", "30")) * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_AGE = None
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
if not LOCAL:
    SESSION_COOKIE_NAME = "__Host-caicach"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env("CAICACH_SSL_REDIRECT", "1") == "1"
    SECURE_HSTS_SECONDS = 365 * 86400
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    if PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

# --- language and time --------------------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "language"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
# The rooms' catalogues are found through their apps; config is none.
LOCALE_PATHS = [Path(__file__).parent / "locale"]
FORMAT_MODULE_PATH = ["caicach.config.formats"]
# Off: a plain {{ task.pk }} in an address or a field would read 1.234. Figures shown to people go through |number.
USE_THOUSAND_SEPARATOR = False

# --- files ----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_USE_FINDERS = LOCAL
WHITENOISE_MAX_AGE = 0 if LOCAL else 31536000
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LOCAL
        else "caicach.kernel.ui.storage.HashedStorage"
    },
}
FILES_DIR = DATA_DIR / "files"
FILE_MAX_BYTES = int(env("CAICACH_FILE_MAX_MB", "25")) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Room for every row that one act takes (1,000) and more: the act itself says in words when there are too many.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2500
# Straight to where contents live, counted and hashed while they stream.
FILE_UPLOAD_HANDLERS = ["caicach.kernel.files.uploading.StreamToStore"]

# --- mail ---------------------------------------------------------------------------------------------------------
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if env("CAICACH_SMTP_HOST")
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_HOST = env("CAICACH_SMTP_HOST")
EMAIL_PORT = int(env("CAICACH_SMTP_PORT", "25"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("CAICACH_MAIL_FROM", "caicach@localhost")

SILENCED_SYSTEM_CHECKS: list[str] = []

# --- logs -----------------------------------------------------------------------------------------------------------
LOGGING = logging_settings(level=env("CAICACH_LOG_LEVEL", "WARNING"))
