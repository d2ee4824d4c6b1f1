"""The tables of visit.db: the journal's entries, and what can be dropped and rebuilt from them."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

SCHEMA_VERSION = 1  # PRAGMA user_version; a greater one is opened for reading only

metadata = MetaData()

about = Table(
    "about",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

entries = Table(
    "entries",
    metadata,
    Column("pos", Integer, primary_key=True),  # order of arrival here; means nothing elsewhere
    Column("id", Text, nullable=False, unique=True),
    Column("device", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("head", LargeBinary, nullable=False),
    Column("sig", LargeBinary, nullable=False),
    Column("body", LargeBinary),  # null once purged
    UniqueConstraint("device", "seq"),
    Index("entries_by_key", "entity", "type", "field"),
    Index("entries_by_field", "type", "field"),
    Index("entries_by_act", "device", "act"),
)

# How far each device's log is known, and each device's acts: small, so that opening a visit and the
# name of the next undo need no look at the entries.
tips = Table(
    "tips",
    metadata,
    Column("device", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("chain_hash", Text, nullable=False),
)

acts = Table(
    "acts",
    metadata,
    Column("device", Text, primary_key=True),
    Column("seq", Integer, primary_key=True),  # of the act's first entry
    Column("act", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("of", Text, nullable=False),
    UniqueConstraint("device", "act"),
)

# What stands for each field: a projection of the journal.
standing = Table(
    "standing",
    metadata,
    Column("id", Integer, primary_key=True),  # also the row of the text in `search`
    Column("type", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("entry", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("n", Integer, nullable=False),
    Column("value", Text, nullable=False),  # JSON
    Column("why", Text, nullable=False),
    Index("standing_by_key", "entity", "type", "field"),
)

# Full-text search over what stands; accents are folded, words are matched by their beginnings.
SEARCH_DDL = (
    "CREATE VIRTUAL TABLE search USING fts5("
    "text, type UNINDEXED, entity UNINDEXED, field UNINDEXED, tokenize = 'unicode61 remove_diacritics 2', "
    "prefix = '2 3')"
)
