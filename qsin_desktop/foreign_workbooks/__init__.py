"""Workbooks that others made, opened in a child process with little memory, little time and no secrets."""
