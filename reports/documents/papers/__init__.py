"""What each kind of paper says: rows become its content."""
