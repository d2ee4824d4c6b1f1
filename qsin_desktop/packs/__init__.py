"""Standards packs and rule sets: read from YAML or Excel, checked, every error named, frozen in a visit."""
