"""The product's settings; only the addresses of the floors are added."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.floors"
