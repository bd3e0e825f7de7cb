"""All settings in one file; every value from outside is read through `env`.

Without `DATABASE_URL` this is a development installation on the embedded PostgreSQL. With it, it is production:
`SECRET_KEY` and `ALLOWED_HOSTS` must then be given, and a missing one fails at start.
"""

import sys
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from leadengine import localdb

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

EMBEDDED = not env.str("DATABASE_URL", default="")
DEBUG = env.bool("DEBUG", default=EMBEDDED)  # `manage.py up` turns it off for the web server and the worker
LOCAL = EMBEDDED or DEBUG  # on this machine alone: no HTTPS, no address but its own, files served as they lie there
HOME = Path(env.str("LEADENGINE_HOME", default=str(BASE_DIR / "var")))
DATA = Path(env.str("LEADENGINE_DATA", default=str(BASE_DIR.parent / "shared" / "data")))
SANDBOX = env.bool("SANDBOX", default=DEBUG)
SAMPLE_COMPANIES, SAMPLE_PEOPLE = env.int("SAMPLE_COMPANIES", default=5000), env.int("SAMPLE_PEOPLE", default=20_000)

SECRET_KEY = env.str("SECRET_KEY", default="") or (localdb.local_secret(HOME) if LOCAL else env.str("SECRET_KEY"))
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if LOCAL else environ.Env.NOTSET)
SUPPRESSION_KEY = env.str(
    "SUPPRESSION_KEY", default=SECRET_KEY
)  # keep it when SECRET_KEY changes: the list is hashed with it
FIELD_KEYS = env.list("FIELD_KEYS", default=[localdb.local_secret(HOME, "field-key")] if LOCAL else [])  # newest first
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "leadengine",
    "billing",
    "leads",
    "scoring",
    "enrichment",
    "django.contrib.admin.apps.SimpleAdminConfig",  # urls.py looks for the admin pages: commands need none
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "django_filters",
    "django_q",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "leadengine.reference.ReferenceMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # masks lengths at random; CSRF tokens are masked anew for each page
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "leadengine.middleware.HtmxSessionMiddleware",
    "leadengine.middleware.WorkspaceMiddleware",
    "leadengine.workflows.frame.FrameMiddleware",
    "axes.middleware.AxesMiddleware",
]
if LOCAL:  # files as they lie there come compressed, too: in production each lies there compressed already
    MIDDLEWARE.insert(2, MIDDLEWARE.pop(3))

ROOT_URLCONF = "leadengine.urls"
WSGI_APPLICATION = "leadengine.wsgi.application"
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
                "leadengine.shell.shell",
            ],
        },
    }
]
FORM_RENDERER = "leadengine.forms.FormRenderer"

# --- database -------------------------------------------------------------------------------------------------------
OWNER_COMMANDS = {"migrate", "test", "flush", "sqlmigrate", "setup_database"}
DB_ROLE = env.str("LEADENGINE_DB_ROLE", default="owner" if OWNER_COMMANDS & set(sys.argv[1:2]) else "app")
if EMBEDDED:
    _name = env.str("LEADENGINE_DB_NAME", default="leadengine")  # tests run real processes on their own database
    DATABASES = {"default": localdb.database(HOME, role=DB_ROLE, name=_name)}
    DB_APP_ROLE, DB_OWNER_ROLE = localdb.ROLES["app"], localdb.ROLES["owner"]
else:
    _app = env.db_url("DATABASE_URL")
    _owner = env.db_url("DATABASE_OWNER_URL", default=env.str("DATABASE_URL"))
    DATABASES = {"default": _owner if DB_ROLE == "owner" else _app}
    DB_APP_ROLE, DB_OWNER_ROLE = _app["USER"], _owner["USER"]
DATABASES["default"] |= {"ATOMIC_REQUESTS": True, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

# --- people ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "billing.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "billing:sign-in"
LOGIN_REDIRECT_URL = "leads:home"
LOGOUT_REDIRECT_URL = "billing:sign-in"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "billing.views.sessions.locked_out"
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "billing.throttling.username"
AXES_CLIENT_IP_CALLABLE = "billing.throttling.client_address"
AXES_HANDLER = "billing.throttling.SignInHandler"
SESSION_COOKIE_AGE = 14 * 24 * 3600
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="dummymail://")
vars().update(EMAIL_CONFIG)
HAS_MAIL_SERVER = bool(env.str("EMAIL_URL", default=""))
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)
SITE_URL = env.str("SITE_URL", default="").rstrip("/")  # of links in e-mails: https://leads.example.org
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="leadengine@localhost")

# --- pages ----------------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LOCAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = LOCAL
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "leadengine.views.errors.csrf_failure"
CSRF_COOKIE_HTTPONLY = False  # app.js reads it for htmx
HTTPS = env.bool("HTTPS", default=not LOCAL)
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=HTTPS)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)  # one that sets X-Forwarded-Proto and adds to X-Forwarded-For
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 22 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
UPLOAD_MAX_BYTES = 20 * 1024 * 1024

# --- ways out -------------------------------------------------------------------------------------------------------
GUARD_ALLOWED_NETWORKS = env.list("GUARD_ALLOWED_NETWORKS", default=[])  # for tests: inside, yet may be connected to
LINKEDIN_VERSION = env.str("LINKEDIN_VERSION", default="202606")  # of its interface; each lives about a year
USER_AGENT = f"LeadEngine/1.0 (+{SITE_URL or 'self-hosted'})"  # SEC EDGAR and others ask for an address behind it
CHECKER_PRICES = (
    env.dict(  # dollars an answer costs at those who give second opinions on addresses: the cheapest is asked first
        "CHECKER_PRICES", default={"neverbounce": "0.008", "zerobounce": "0.010", "hunter": "0.012"}
    )
)
COUNT_NETWORK = env.bool("COUNT_NETWORK", default=True)  # quotes ask sources on the network how much they have
CHECK_DOMAINS = env.bool("CHECK_DOMAINS", default=True)  # runs ask the name servers whether a domain takes mail
VERIFY_RESOLVER = env.str("VERIFY_RESOLVER", default="")  # host:port of a name server; empty: the machine's own
VERIFY_HELO = env.str("VERIFY_HELO", default="")  # a host name with a matching PTR record
VERIFY_MAIL_FROM = env.str("VERIFY_MAIL_FROM", default="")  # a real mailbox on a domain with SPF
VERIFY_PROXY = env.str("VERIFY_PROXY", default="")  # socks5://user:password@host:port
VERIFY_SMTP = env.bool("VERIFY_SMTP", default=True)  # False: no mail server is asked, and verdicts say so
VERIFY_SKIP = env.list("VERIFY_SKIP", default=[])  # providers whose servers are left alone: google, m365 ...
VERIFY_DISPOSABLE = env.bool("VERIFY_DISPOSABLE", default=False)  # True: throw-away domains are flagged, and asked
VERIFY_TRAPS = env.str("VERIFY_TRAPS", default="")  # a file of addresses and domains said to catch senders of spam
VERIFY_DOMAIN_LISTS = env.list(
    "VERIFY_DOMAIN_LISTS", default=[]
)  # DNS block lists of domains, such as dbl.list.example
FINGERPRINTS = env.str("FINGERPRINTS", default="")  # a folder of the user's own technology markers, *.csv
VERIFY_ADDRESS_LISTS = env.list("VERIFY_ADDRESS_LISTS", default=[])  # ... and of addresses, for the test of our own

# --- background work ------------------------------------------------------------------------------------------------
WORKERS = env.int("WORKERS", default=2)
Q_CLUSTER = {
    "name": "leadengine",
    "orm": "default",
    "workers": WORKERS,
    "bulk": 1,
    "queue_limit": 1,
    "timeout": 60,
    "retry": 600,
    "max_attempts": 1,
    "ack_failures": True,
    "save_limit": -1,
    "catch_up": False,
    "recycle": 200,
    "max_rss": 400_000,
    "log_level": "WARNING",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"reference": {"()": "leadengine.reference.Stamp"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} [{reference}] {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["reference"]}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
