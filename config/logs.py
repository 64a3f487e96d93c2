import logging


class RefusalsInOneLine(logging.Filter):
    """What is answered below 500 is no fault of the program: where it was refused tells nobody anything."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.request") and record.levelno < logging.ERROR:
            record.exc_info = record.exc_text = None
        return True
