"""Signatures on reports: credentials, signing, and what a signed file is worth."""
