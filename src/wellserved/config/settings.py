"""One installation's settings, read from the environment; policy lives in the database with its history."""

import pathlib
import zoneinfo

from wellserved.config import env

SOURCE = pathlib.Path(__file__).resolve().parent.parent
# The zone rules that are recorded with each calendar are those of the locked package, not of the machine.
zoneinfo.reset_tzpath(to=())

VAR = pathlib.Path(env.text("WELLSERVED_VAR", "var")).resolve()
VAR.mkdir(parents=True, exist_ok=True)

DEBUG = env.flag("WELLSERVED_DEBUG")
SECRET_KEY = env.secret("WELLSERVED_SECRET_KEY", kept_in=VAR / "secret-key")
ALLOWED_HOSTS = env.text("WELLSERVED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
SITE_URL = env.text("WELLSERVED_URL", "http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
DATABASES = {"default": env.database(env.text("DATABASE_URL"), var=VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "wellserved.platform",
    "wellserved.platform.ui",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "wellserved.apps.accounts",
    "wellserved.apps.ledger",
    "wellserved.apps.thread",
    "wellserved.apps.people",
    "wellserved.apps.standards",
    "wellserved.apps.desk",
    "wellserved.apps.voice",
    "wellserved.apps.measures",
    "wellserved.apps.development",
    "wellserved.integrations.csv",
    "wellserved.integrations.ical",
    "wellserved.web",
    "wellserved.config",
    "wellserved.demo",
]

MIDDLEWARE = [
    "wellserved.platform.http.request_ids.RequestIds",
    "django.middleware.security.SecurityMiddleware",
    "wellserved.platform.http.headers.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "wellserved.platform.http.answers.ErrorAnswers",
    # Below ErrorAnswers, so that it hears its own "prove who you are again" first.
    "allauth.account.middleware.AccountMiddleware",
    "wellserved.platform.http.access.DefaultDeny",
    "wellserved.platform.http.text.UsableText",
    "wellserved.web.middleware.ReadersZone",
    "wellserved.web.middleware.SecondStep",
    # Last, so that whatever may refuse has done so before a form's key is used.
    "wellserved.platform.http.once.DoneOnce",
]

ROOT_URLCONF = "wellserved.config.urls"
ASGI_APPLICATION = "wellserved.config.asgi.application"
WSGI_APPLICATION = "wellserved.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [
            SOURCE / "platform/ui/templates",
            *(
                SOURCE / f"apps/{app}/templates"
                for app in ("accounts", "ledger", "thread", "people", "standards", "desk", "voice", "development")
            ),
            *sorted((SOURCE / "integrations").glob("*/templates")),
            SOURCE / "web/templates",
            SOURCE / "api/templates",
        ],
        "OPTIONS": {
            "environment": "wellserved.platform.ui.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "wellserved.platform.http.once.form_inputs",
                "wellserved.web.shell.shell",
                "wellserved.apps.accounts.adapters.sign_in_choices",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

# The roles by name; their table needs a running Django. A test holds the two equal.
ROLES = ("customer", "agent", "team_leader", "manager", "analyst", "decision_maker", "administrator")
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "wellserved.apps.accounts.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_RESET_TIMEOUT = 30 * 60
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = None
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
SECOND_STEP_ROLES = env.choices("WELLSERVED_SECOND_STEP_ROLES", allowed=ROLES)
MFA_TOTP_ISSUER = "Wellserved"
SOCIALACCOUNT_ADAPTER = "wellserved.apps.accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = env.oidc()
SIGN_IN_ORIGINS = env.text("OIDC_FORM_ORIGINS").split()

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "wellserved.platform.http.answers.stale_form"
if SITE_URL.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_SSL_REDIRECT = env.flag("WELLSERVED_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("WELLSERVED_BEHIND_PROXY") else None
TRUSTED_PROXIES = env.networks("WELLSERVED_TRUSTED_PROXIES")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
# Where a day and a week of the service begin.
SERVICE_TIME_ZONE = env.zone("WELLSERVED_TIME_ZONE", "Europe/London")
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "wellserved.platform.http.assets.Assets"},
}
# Names without their content stay good: for tests, and for a page drawn before the files were written anew.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = VAR / "files"
# A standard may have forty targets and a hundred levels, each with its own fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

MAIL_URL = env.text("MAIL_URL")
MAIL_FROM = env.text("WELLSERVED_MAIL_FROM", "Wellserved <service@localhost>")
EMAIL_BACKEND = "wellserved.platform.mail.OutboxBackend"

CACHES = {"default": env.cache(env.text("CACHE_URL"), var=VAR)}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("WELLSERVED_LOG_LEVEL", "WARNING")},
}

API_REQUESTS_A_MINUTE = env.integer("WELLSERVED_API_REQUESTS_A_MINUTE", 600)

ACTOR_OF_REQUEST = "wellserved.api.identity.actor_of_request"
THIRD_PARTY_ROUTE_POLICIES = "wellserved.config.routes.THIRD_PARTY"
