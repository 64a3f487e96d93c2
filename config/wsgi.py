import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

from config.garbage import look_for_garbage_seldom

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

import_module("config.urls")
look_for_garbage_seldom()
