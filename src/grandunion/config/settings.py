"""Settings of the hub: everything that differs between machines comes from the environment."""

import os
import secrets
from pathlib import Path
from threading import local
from urllib.parse import unquote, urlsplit

from django.conf import LazySettings
from django.urls import base
from django.utils import timezone
from django.utils.translation import trans_real

# Products with the vectors wait for the memory, not for the processor: a second thread hardly speeds them up, and it
# goes on turning for some 25 ms after each, at the cost of other requests. Read when numpy is loaded, later than this.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ROOM = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("GRANDUNION_HOME", Path.cwd() / "var")).resolve()
DEBUG = os.environ.get("GRANDUNION_DEBUG") == "1"
DEMO = os.environ.get("GRANDUNION_DEMO") == "1"


def _secret_key() -> str:
    """The key from the environment, or one made once and kept beside the database."""
    if given := os.environ.get("GRANDUNION_SECRET_KEY"):
        return given
    kept = HOME / "secret_key"
    if not kept.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(50))
        except FileExistsError:
            pass
    return kept.read_text()


def _database() -> dict:
    """SQLite by default; PostgreSQL where GRANDUNION_DATABASE_URL says so."""
    url = os.environ.get("GRANDUNION_DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "grandunion.adapters.sqlite",
            "NAME": HOME / "hub.sqlite3",
            "CONN_MAX_AGE": None,  # opening a database anew for each request costs more than most reads
            "OPTIONS": {
                "timeout": 20,
                "cached_statements": 512,  # prepared once for each connection; the pages ask more than Python's 128
                "transaction_mode": "IMMEDIATE",
                # FULL: NORMAL lost acknowledged writes in a simulated power cut (stack notes).
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA trusted_schema=OFF; PRAGMA cache_size=-16384;",  # 16 MB of pages for each connection
            },
            "TEST": {"NAME": os.environ.get("GRANDUNION_TEST_SQLITE") or None},
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "grandunion",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("GRANDUNION_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("GRANDUNION_ORIGINS", "").split(",") if o]
BEHIND_TLS = os.environ.get("GRANDUNION_TLS") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "ninja",
    "grandunion.records.apps.RecordsConfig",
]
MIDDLEWARE = [
    "grandunion.interfaces.kit.middleware.safety",  # outermost: no answer leaves without its headers
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads against BREACH; a first view would be four times larger
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "grandunion.interfaces.kit.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "grandunion.interfaces.kit.middleware.reader",
]
ROOT_URLCONF = "grandunion.config.urls"
WSGI_APPLICATION = "grandunion.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOM / "interfaces" / door / "templates" for door in ("kit", "web", "portal", "api")],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "grandunion.interfaces.kit.pages.surroundings",
            ],
            "builtins": [f"grandunion.interfaces.kit.{name}" for name in ("tags", "kept", "drawn", "fields", "frame")],
        },
    }
]
FORM_RENDERER = "grandunion.interfaces.kit.controls.Written"

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "records.User"
AUTHENTICATION_BACKENDS = ["grandunion.interfaces.kit.accounts.SignedIn"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name_zh", "name_en")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/w/"
ACCOUNT_ADAPTER = "grandunion.interfaces.kit.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # a session left open changes no second factor
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # other sessions end with the old password; this one goes on
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Grand Union"
# Officers must have a second factor; a demonstration hub shows itself without one.
SECOND_FACTOR_REQUIRED = not DEMO and os.environ.get("GRANDUNION_SECOND_FACTOR", "1") == "1"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("GRANDUNION_ZONE", "Asia/Shanghai")

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOM / "interfaces" / "kit" / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 31536000  # addresses carry the file's hash
FILES = HOME / "files"
# Meaning of texts: "auto" reads with the model in the house, "off" compares words alone, an address asks a service
# with the interface of OpenAI's embeddings.
MEANING = os.environ.get("GRANDUNION_MEANING", "auto")
MEANING_FOLDER = HOME / "meaning"
MEANING_MODEL = os.environ.get("GRANDUNION_MEANING_MODEL", "multilingual-e5-small")
MEANING_KEY = os.environ.get("GRANDUNION_MEANING_KEY", "")
MEANING_PATIENCE = float(os.environ.get("GRANDUNION_MEANING_PATIENCE", "5"))  # seconds
UPLOAD_LIMIT = int(os.environ.get("GRANDUNION_UPLOAD_LIMIT", 20 * 1024 * 1024))
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

ADDRESS = os.environ.get("GRANDUNION_ADDRESS", "http://localhost:8000").rstrip("/")  # as people outside write it
EMAIL_HOST = os.environ.get("GRANDUNION_EMAIL_HOST", "")
EMAIL_BACKEND = os.environ.get(
    "GRANDUNION_EMAIL_BACKEND", f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
)
EMAIL_PORT = int(os.environ.get("GRANDUNION_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("GRANDUNION_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("GRANDUNION_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("GRANDUNION_EMAIL_TLS") == "start"
EMAIL_USE_SSL = os.environ.get("GRANDUNION_EMAIL_TLS") == "always"
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = os.environ.get("GRANDUNION_EMAIL_FROM", "hub@localhost")
# Replies to letters about a need: to <box>+<token>@<domain>, taken in by `grandunion mail receive` where one listens.
MAIL_DOMAIN = os.environ.get("GRANDUNION_MAIL_DOMAIN") or DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >")
MAIL_BOX = os.environ.get("GRANDUNION_MAIL_BOX", "desk")
MAIL_LISTEN = os.environ.get("GRANDUNION_MAIL_LISTEN", "")  # host:port; empty: letters ask for no reply
# host:port of webhooks that may lie inside and speak plain HTTP, separated by commas; for trials on one machine.
WEBHOOKS_INSIDE = frozenset(filter(None, os.environ.get("GRANDUNION_WEBHOOKS_INSIDE", "").split(",")))

SESSION_ENGINE = "grandunion.interfaces.kit.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_HSTS_SECONDS = 31536000 if BEHIND_TLS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "grandunion.interfaces.kit.failing.forgery"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "records_cache"}
    if os.environ.get("GRANDUNION_DATABASE_URL")
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Counts that only cost a comfort: each process keeps its own, so that a search writes nothing.
    "here": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "here"},
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("GRANDUNION_LOG", "WARNING")},
}
SILENCED_SYSTEM_CHECKS = ["models.W042"]

# Django asks at each use of a setting whether it is a method of the shell around them all: a hundred times in a page;
# and at each use of the language, the time zone and the addresses whether an event loop runs. The hub knows threads.
LazySettings.__getattribute__ = object.__getattribute__
trans_real._active, timezone._active, base._prefixes, base._urlconfs = local(), local(), local(), local()
