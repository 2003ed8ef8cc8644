"""From a source to an edition: keys, the look ahead, staging tables, audit, cubes, edition.json."""
