"""All settings, from the environment (docs/deploy.md lists them).

Without SECRET_KEY this is a trial on the own machine: DEBUG is on, the key is kept under var/ and only
loopback names are served. With SECRET_KEY it is an office's installation and every guard is on.
"""

import os
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import bootstrap_wrapper
import environ
import fontpkg_be_vietnam_pro
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()
VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)


def trial_secret_key() -> str:
    """A key of this machine's own, so that people stay signed in when a trial is restarted."""
    path = VAR_DIR / "secret-key"
    if not path.exists():
        # Written aside and then linked: of two processes that start together, both read the first one's.
        draft = VAR_DIR / f"secret-key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(get_random_secret_key(), encoding="utf-8")
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="utf-8")


SECRET_KEY = env("SECRET_KEY", default="")
DEBUG = env.bool("DEBUG", default=not SECRET_KEY)
if not SECRET_KEY and not DEBUG:
    raise ImproperlyConfigured("Set SECRET_KEY (50 random characters or more) to run with DEBUG off.")
SECRET_KEY = SECRET_KEY or trial_secret_key()

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Sample accounts exist only after `manage.py load_sample`; with DEBUG off it wants a password of your own.
SAMPLE_PASSWORD = env("SAMPLE_PASSWORD", default="bam-sat-2023" if DEBUG else "")
# A folder of certificates (PEM, CRT) whose holders' signatures in uploaded PDFs are believed.
SIGNATURE_ROOTS = env("SIGNATURE_ROOTS", default="")
SIGNATURE_ROOTS = SIGNATURE_ROOTS and str(Path(SIGNATURE_ROOTS).resolve())
if SIGNATURE_ROOTS and not Path(SIGNATURE_ROOTS).is_dir():
    raise ImproperlyConfigured(f"SIGNATURE_ROOTS is no folder: {SIGNATURE_ROOTS}")
SAMPLE_USERNAMES = ["admin", "canbo", "lanhdao", "truongson", "bacson"]

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "config.static_files.CollectedStaticFiles",
    "simple_history",
    "django_bootstrap5",
    "csp",
    "units",
    "plans",
    "tasks",
    "reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.LanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "config.middleware.SignInMiddleware",
    "config.middleware.PrivatePagesMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "config.middleware.OwnNotFoundMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
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
                "units.context_processors.permissions",
            ],
        },
    },
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'bam-sat.sqlite3'}")}
if DATABASES["default"].get("ENGINE") not in ("django.db.backends.sqlite3", "django.db.backends.postgresql"):
    raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:/// or postgres://.")
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # To open one costs more than most queries.
    DATABASES["default"]["CONN_MAX_AGE"] = None
    # IMMEDIATE: a writer waits its turn instead of failing with "database is locked" half way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    # A worker of one thread keeps one connection. Each request asks first whether it still answers, and waits
    # so many seconds for another: a restart of PostgreSQL is not seen.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {
        **DATABASES["default"].get("OPTIONS", {}),
        "pool": {"min_size": 1, "max_size": 10, "num_workers": 1, "timeout": 5},
    }

AUTH_USER_MODEL = "units.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# Printed files, and what waits to be printed (reports/press); all of it can be printed again.
# The press works in another folder than the web workers may, so its address is whole.
PAPERS_ROOT = Path(env("PAPERS_ROOT", default=str(VAR_DIR / "papers"))).resolve()
PAPERS_DAYS = env.int("PAPERS_DAYS", default=30)
PAPERS_MEGABYTES = env.int("PAPERS_MEGABYTES", default=2000)
# After so long without a paper the press ends; the next paper starts it again.
PRESS_IDLE_MINUTES = env.float("PRESS_IDLE_MINUTES", default=15)

# Evidence lies in a folder, or in this bucket of S3; boto3 reads from AWS_* where and as whom.
EVIDENCE_BUCKET = env("EVIDENCE_BUCKET", default="")
if EVIDENCE_BUCKET and find_spec("boto3") is None:
    raise ImproperlyConfigured("EVIDENCE_BUCKET needs boto3: make setup LOCK=s3")

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", bootstrap_wrapper.get_bootstrap_css_dir()),
    ("be-vietnam-pro", Path(fontpkg_be_vietnam_pro.__file__).parent / "files"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
    # No address leads here: `show-evidence` serves a file after it asked who may read it.
    "evidence": {
        "BACKEND": "reports.evidence.bucket.BucketStorage",
        "OPTIONS": {"bucket": EVIDENCE_BUCKET},
    }
    if EVIDENCE_BUCKET
    else {
        "BACKEND": "reports.evidence.storage.DurableStorage",
        "OPTIONS": {
            "location": VAR_DIR / "evidence",
            "file_permissions_mode": 0o400,
            "directory_permissions_mode": 0o700,
        },
    },
}
# A field that is merely not wrong needs no green mark.
BOOTSTRAP5 = {"set_placeholder": False, "field_renderers": {"default": "units.rendering.FieldRenderer"}}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")

# The preview of a long plan has a dozen fields for each of some hundreds of tasks, with their full texts.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 2**20
# Larger files wait on the disk, and a request that no form of ours sends is not read at all.
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FILES = 20
LARGEST_REQUEST = 100 * 2**20
FILE_UPLOAD_HANDLERS = [
    "config.uploads.LargestRequest",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# In a cookie: in the session, each would be written twice to the database.
MESSAGE_STORAGE = "django.contrib.messages.storage.fallback.FallbackStorage"
SIMPLE_HISTORY_REVERT_DISABLED = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365

if not DEBUG:
    # One office, one HTTPS address: HTTPS=false is for a trial behind plain HTTP only.
    HTTPS = env.bool("HTTPS", default=True)
    SECURE_SSL_REDIRECT = HTTPS
    SESSION_COOKIE_SECURE = HTTPS
    CSRF_COOKIE_SECURE = HTTPS
    LANGUAGE_COOKIE_SECURE = HTTPS
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=60 * 60 * 24 * 365) if HTTPS else 0
    SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
    SECURE_HSTS_PRELOAD = HTTPS
    # A monitor on the same machine asks without HTTPS.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    # The web server in front must set this header itself (docs/deploy.md).
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"refusals": {"()": "config.logs.RefusalsInOneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["refusals"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"botocore": {"level": "WARNING"}},
}
