"""A report while it is written: the page's fields by name, and the page."""
