"""Django's settings, from the installation's own (config.py)."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from commonhaven.reading import Problem
from commonhaven.web.config import Platform, current, held, secret

PLATFORM = current()
HERE = Path(__file__).resolve().parent
DATA = PLATFORM.folder
SECRET_KEY = secret(PLATFORM)
DEBUG = False
DEMONSTRATION = PLATFORM.demonstration
SECOND_FACTOR = PLATFORM.second_factor and not DEMONSTRATION
ALLOWED_HOSTS = list(PLATFORM.hosts)
CSRF_TRUSTED_ORIGINS = [PLATFORM.address]

SLICES = (
    "accounts", "record", "groups", "situations", "meetings", "plans", "decisions", "commitments",
    "funds", "good_faith", "flows", "exchange", "notices", "search", "home", "library",
    "processes", "indicators", "sandbox", "api",
)  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "ninja",
    "commonhaven.web.kit",
    *(f"commonhaven.web.{name}" for name in SLICES),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "commonhaven.web.kit.logs.RequestLog",
    "commonhaven.web.kit.text.WholeText",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "commonhaven.web.kit.visit.VisitMiddleware",
    "commonhaven.web.api.middleware.ApiMiddleware",
    "commonhaven.web.accounts.second_factor.SecondFactorMiddleware",
]
ROOT_URLCONF = "commonhaven.web.urls"
WSGI_APPLICATION = "commonhaven.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "kit" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "commonhaven.web.kit.context.page",
            ],
            "builtins": ["commonhaven.web.kit.templatetags.kit"],
        },
    }
]


def origin(address: str) -> str:
    """Scheme and host of an address, as a content policy names them."""
    where = urlsplit(address)
    return f"{where.scheme}://{where.netloc}"


def database(platform: Platform) -> dict[str, object]:
    """Django's entry for the database; Problem where the address is not understood."""
    if not platform.database:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "platform.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
                "PRAGMA temp_store=MEMORY;",
            },
        }
    where = urlsplit(platform.database)
    if where.scheme not in {"postgresql", "postgres"} or not where.path.strip("/"):
        fix = "Write postgresql://USER:PASSWORD@HOST:PORT/NAME, or leave it out for SQLite."
        raise Problem("this is no address of a database", where="settings, database", fix=fix)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": where.path.strip("/"),
        "USER": unquote(where.username or ""),
        "PASSWORD": unquote(where.password or ""),
        "HOST": where.hostname or "",
        "PORT": where.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": database(PLATFORM)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ["email", "label"]}},
]  # fmt: skip
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "commonhaven.web.accounts.adapter.InvitedOnly"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_USER_DISPLAY = "commonhaven.web.accounts.adapter.shown"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Commonhaven"
# The refusal protects addresses from strangers who sign up with them; here nobody signs up, and a
# first administrator, who comes by a printed link, has no other way to set the factor up.
MFA_ALLOW_UNVERIFIED_EMAIL = True
SOCIALACCOUNT_ADAPTER = "commonhaven.web.accounts.adapter.KnownOnly"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": each.id,
                "name": each.name,
                "client_id": each.client,
                "secret": held(Path(each.secret_file)),
                "settings": {"server_url": each.server},
            }
            for each in PLATFORM.sign_on
        ]
    }
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = PLATFORM.language
LANGUAGES = [
    ("en", _("English")), ("fr", _("French")), ("es", _("Spanish")), ("ar", _("Arabic")),
    ("ru", _("Russian")), ("zh-hans", _("Chinese")),
]  # fmt: skip
LOCALE_PATHS = [HERE / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS: list[Path] = []
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = DATA / "files"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # Signing in by a provider is a form that leads to it.
        "form-action": [SELF, *(origin(each.server) for each in PLATFORM.sign_on)],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PLATFORM.https
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if PLATFORM.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PLATFORM.https else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 7_000_000
"""A file of 5 million bytes fits in base64, with the words around it."""
FILE_UPLOAD_HANDLERS = [
    "commonhaven.web.kit.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

MAIL = PLATFORM.mail
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if MAIL
    else "django.core.mail.backends.dummy.EmailBackend"
)
if MAIL:
    EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER = MAIL.host, MAIL.port, MAIL.user
    EMAIL_HOST_PASSWORD = held(Path(MAIL.password_file)) if MAIL.password_file else ""
    EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.security == "starttls", MAIL.security == "tls"
    EMAIL_TIMEOUT = 20
    DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL.sender

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache",
                      "LOCATION": "cache", "OPTIONS": {"MAX_ENTRIES": 50_000}}}  # fmt: skip
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "commonhaven.web.kit.logs.JsonLines"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["out"], "level": "INFO"},
    "loggers": {
        "django.server": {"handlers": ["out"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["out"], "level": "ERROR", "propagate": False},
    },
}
FORM_RENDERER = "commonhaven.web.kit.forms.Renderer"
