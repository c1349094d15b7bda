"""Settings. Production, the demonstration and the tests run the same ones; what differs comes from the environment.

| variable | meaning | when unset |
|---|---|---|
| `DATABASE_URL` | any PostgreSQL 15 or newer | `./run` starts an embedded one and sets it |
| `TOOLKIT_SECRET_KEY` | signs sessions and links | refused, except that `./run` makes one |
| `TOOLKIT_ALLOWED_HOSTS` | host names served, comma-separated | localhost only |
| `TOOLKIT_BASE_URL` | the service's own address, in e-mails | `http://localhost:$PORT` |
| `TOOLKIT_DEMO` | `1`: demonstration people, banner, local outbox | off |
| `TOOLKIT_DEMO_ANYWHERE` | `1`: second word needed before a host that is not local may be a demonstration | off |
| `TOOLKIT_SMTP_URL` | `smtp://user:password@host:587?tls=1` | mail is written to the log |
| `TOOLKIT_MAIL_FROM` | the sender of e-mail | `toolkit@localhost` |
| `TOOLKIT_ENTRA_TENANT`, `…_CLIENT_ID`, `…_SECRET` | Microsoft Entra sign-in | not offered |
| `TOOLKIT_ENTRA_SERVER` | the OpenID configuration address, for tests | Microsoft's |
| `TOOLKIT_RUN_BY` | who runs this copy, for the footer | says that nobody has been named |
| `TOOLKIT_PROXIES` | trusted proxies in front | 0 |
| `TOOLKIT_PAGE_CACHE` | `0`: every page is made anew, which is for `./run bench` alone | on |
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

ROOT = Path(__file__).resolve().parent.parent


def _flag(name: str) -> bool:
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def _required(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"Set {name}. `./run` sets it for you; see docs/running.md for a server.")
    return value


# Who and where
SECRET_KEY = _required("TOOLKIT_SECRET_KEY")
DEBUG = False
PORT = os.environ.get("PORT", "8000")
ALLOWED_HOSTS = [
    host.strip()
    for host in os.environ.get("TOOLKIT_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
    if host.strip()
]
BASE_URL = os.environ.get("TOOLKIT_BASE_URL", f"http://localhost:{PORT}").rstrip("/")
SECURE = BASE_URL.startswith("https://")
RUN_BY = os.environ.get("TOOLKIT_RUN_BY", "")
SERVICE_NAME = "London procurement toolkit"

DEMO = _flag("TOOLKIT_DEMO")
DEMO_ANYWHERE = _flag("TOOLKIT_DEMO_ANYWHERE")
if DEMO and not DEMO_ANYWHERE and not set(ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]"}:
    raise ImproperlyConfigured(
        "The demonstration would be served to a host that is not local, and everybody knows its password. "
        "Unset TOOLKIT_DEMO, or say it twice with TOOLKIT_DEMO_ANYWHERE=1."
    )

# Parts
INSTALLED_APPS = [
    "toolkit.govuk",
    "toolkit.jobs",
    "toolkit.holidays",
    "toolkit.accounts",
    "toolkit.notifications",
    "toolkit.search",
    "guidance.editorial",
    "guidance.pages",
    "guidance.documents",
    "guidance.tools",
    "workflows.journeys",
    "workflows.rules",
    "workflows.procurements",
    "workflows.contracts",
    "workflows.notices",
    "workflows.pipeline",
    "toolkit.desk",
    "toolkit.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.contrib.admin",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Below what writes the security headers, so that a kept page has them as a new one has; above all that asks who.
    "toolkit.core.page_cache.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "toolkit.accounts.middleware.default_deny",
    "toolkit.accounts.middleware.reader",
    "toolkit.accounts.middleware.second_factor",
    "allauth.account.middleware.AccountMiddleware",
    "toolkit.accounts.middleware.history",
    "workflows.journeys.middleware.RouteMissingMiddleware",
]

ROOT_URLCONF = "toolkit.urls"
WSGI_APPLICATION = "toolkit.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Data
DATABASES = {"default": dj_database_url.parse(_required("DATABASE_URL"))}
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured(
        "DATABASE_URL must name a PostgreSQL database (version 15 or newer); no other will do."
    )
DATABASES["default"]["ENGINE"] = "toolkit.core.database"
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = _flag("TOOLKIT_PGBOUNCER")

# The database cache, never local memory: sign-in limits and used codes must hold across processes.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "toolkit_cache"}}

# Pages that are the same for everyone are kept for five seconds in each process: toolkit.core.page_cache.
PAGE_CACHE = os.environ.get("TOOLKIT_PAGE_CACHE", "1") != "0"

# Templates: ours first (Jinja2), then Django's for the admin and third parties.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "toolkit.templating.environment",
            "context_processors": ["toolkit.templating.page_context"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates" / "django"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
FORM_RENDERER = "toolkit.govuk.forms.Renderer"

# Words and time
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

# Files that never change under one name
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("TOOLKIT_STATIC_ROOT", ROOT / "staticfiles"))
STATICFILES_DIRS = [ROOT / "static" / "build", ROOT / "static" / "own"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = Path(os.environ.get("TOOLKIT_MEDIA_ROOT", ROOT / ".local" / "media"))

# Defence. The one inline script of the GOV.UK page template is allowed by its hash (a test computes it anew).
PAGE_SCRIPT_HASH = "'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, PAGE_SCRIPT_HASH],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 63_072_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "toolkit.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000  # a page with many sources is one form
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# Sign-in
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "toolkit.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "toolkit.accounts.signup.SignupDetails"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Added to allauth's own limits: asking for e-mails by who has not signed in, for each address given and each client; and
# what readers say of pages: enough for an office behind one address, too few for a flood.
ACCOUNT_RATE_LIMITS = {"subscribe": "5/h/key,20/h/ip", "feedback": "30/h/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TOOLKIT_PROXIES", "0"))
MFA_ADAPTER = "allauth.mfa.adapter.DefaultMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SERVICE_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
SOCIALACCOUNT_ADAPTER = "toolkit.accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "mandatory"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, object]] = {"openid_connect": {"APPS": []}}
ENTRA_TENANT = os.environ.get("TOOLKIT_ENTRA_TENANT", "")
if ENTRA_TENANT:
    _entra = os.environ.get("TOOLKIT_ENTRA_SERVER", f"https://login.microsoftonline.com/{ENTRA_TENANT}/v2.0")
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "entra",
            "name": "Microsoft",
            "client_id": _required("TOOLKIT_ENTRA_CLIENT_ID"),
            "secret": _required("TOOLKIT_ENTRA_SECRET"),
            "settings": {"server_url": _entra, "oauth_pkce_enabled": True},
        }
    ]
    _server = urlsplit(_entra)
    SECURE_CSP["form-action"] = [CSP.SELF, f"{_server.scheme}://{_server.netloc}"]

# E-mail: the default mailer only queues; the job sends through `transport`.
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("TOOLKIT_MAIL_FROM", "toolkit@localhost")


def _transport() -> dict[str, object]:
    if DEMO:
        return {"BACKEND": "toolkit.jobs.mail.OutboxBackend"}
    url = urlsplit(os.environ.get("TOOLKIT_SMTP_URL", ""))
    if not url.hostname:
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": url.hostname,
            "port": url.port or 587,
            "username": unquote(url.username or ""),
            "password": unquote(url.password or ""),
            "use_tls": parse_qs(url.query).get("tls", ["1"])[0] == "1",
            "timeout": 20,
        },
    }


MAILERS = {"default": {"BACKEND": "toolkit.jobs.mail.QueueingBackend"}, "transport": _transport()}

# Jobs
PROCRASTINATE_IMPORT_PATHS: list[str] = []

# History of rows by database trigger: who changed what, when; deletes too.
PGHISTORY_DEFAULT_TRACKERS: tuple[object, ...] = ()
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"toolkit": {"level": "INFO"}, "workflows": {"level": "INFO"}, "guidance": {"level": "INFO"}},
}
