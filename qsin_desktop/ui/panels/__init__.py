"""Parts of the walk, each about one subject of a criterion: rating, notes, exhibits, findings."""
