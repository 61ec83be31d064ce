"""The platform's settings for tests: a folder of their own, SQLite or the PostgreSQL named."""

import os
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.gettempdir()) / f"commonhaven-tests-{os.getuid()}"
FOLDER.mkdir(exist_ok=True)
DATABASE = os.environ.get("COMMONHAVEN_TEST_DATABASE", "")
(FOLDER / f"platform-{os.getpid()}.toml").write_text(
    f'data = "data"\ndemonstration = true\ndatabase = "{DATABASE}"\n', encoding="utf-8"
)
os.environ["COMMONHAVEN_CONFIG"] = str(FOLDER / f"platform-{os.getpid()}.toml")

from commonhaven.web.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_FROM_EMAIL = "platform@example.org"
