import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# A page of many rows makes ten thousands of objects and lets them go. Python looks through all that there is
# after every 700 of them, which takes a third of the page's time. What is loaded by now stays anyway.
import_module("config.urls")
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 10, 10)
