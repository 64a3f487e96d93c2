"""Which reports are owed, until when, and where they stand."""
