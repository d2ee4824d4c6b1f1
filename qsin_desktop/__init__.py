"""QSIN Desktop: assess an imaging network against QSIN, offline, from the first click to the report."""

__version__ = "0.1.0"
