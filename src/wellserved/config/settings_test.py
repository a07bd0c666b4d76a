"""Settings of the suite: the installation's, with a throw-away place for files and quick passwords."""

import os
import tempfile

os.environ.setdefault("WELLSERVED_VAR", tempfile.mkdtemp(prefix="wellserved-test-"))
os.environ.setdefault("WELLSERVED_SECRET_KEY", "only-for-the-test-suite-0123456789-0123456789")

from wellserved.config.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
ACCOUNT_RATE_LIMITS = False
# Every test browser starts the middleware anew; none of them needs all static files looked up first.
WHITENOISE_AUTOREFRESH = True
STATIC_ROOT.mkdir(exist_ok=True)
# Each process of the suite empties its own before every test.
CACHES["default"]["LOCATION"] = str(VAR / f"cache-{os.environ.get('PYTEST_XDIST_WORKER', 'one')}.sqlite3")

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A real file, so that threads and processes meet the real locks; nothing of it needs to survive a power cut.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
