"""Where a plan stands on a day: from what was accepted until its end, for ever the same."""
