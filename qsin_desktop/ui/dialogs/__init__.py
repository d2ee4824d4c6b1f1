"""The few questions that need a page of their own: build, ask, return a value."""
