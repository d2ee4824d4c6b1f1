"""Qt models over the visit's record: what the views of the screens show, row by row."""
