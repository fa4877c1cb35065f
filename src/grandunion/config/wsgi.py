"""The door through which a web server calls the hub."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grandunion.config.settings")
application = get_wsgi_application()
