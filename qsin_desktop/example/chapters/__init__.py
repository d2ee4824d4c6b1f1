"""The story's chapters, one subject each; `story.py` puts them in order of time."""
