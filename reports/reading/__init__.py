"""What reports say, read for people: beside what came before, over revisions, and as it was at any time."""
