import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# A page makes some ten thousand objects and lets them go: looking through all that there is once for every
# 700 of them, as Python does, takes a third of its time. What is loaded by now stays and is not looked at again.
import_module("config.urls")
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 10, 10)
