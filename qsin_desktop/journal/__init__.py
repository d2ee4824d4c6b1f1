"""The journal: signed entries, the chain they form, and the rule that turns a set of them into what stands.

Pure: no files, no database, no clock. Union of two journals is their merge.
"""
