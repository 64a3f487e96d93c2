"""`python -m reports.press EDITION LOCK`: how a web worker starts the press, with the lock in its hand."""

import os
import sys

if __name__ == "__main__":
    # Who started it waits for nothing, and never has to ask how it ended.
    if os.fork():
        os._exit(0)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

    import django

    django.setup()

    from reports.press.press import Press

    Press(sys.argv[1], int(sys.argv[2])).run()
