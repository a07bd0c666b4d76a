"""Settings of the suite: the installation's, with a throw-away place for files and quick passwords."""

import os
import tempfile

os.environ.setdefault("WELLSERVED_VAR", tempfile.mkdtemp(prefix="wellserved-test-"))
os.environ.setdefault("WELLSERVED_SECRET_KEY", "only-for-the-test-suite-0123456789-0123456789")

from wellserved.config.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
ACCOUNT_RATE_LIMITS = False
STATIC_ROOT.mkdir(exist_ok=True)
