"""The visit folder: journal, projection, search, exhibits, keys, backups. The only home of SQLAlchemy."""
