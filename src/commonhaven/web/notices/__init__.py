"""What changed and what is due: in the page, by mail, in a calendar."""
