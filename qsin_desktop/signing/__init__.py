"""Signatures on PDF files: credentials, fields, signing, timestamps and checking. The home of pyHanko."""
