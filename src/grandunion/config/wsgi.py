"""The door through which a web server calls the hub."""

import os

from grandunion.interfaces.kit.opening import opened

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grandunion.config.settings")
application = opened()
