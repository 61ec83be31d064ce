"""The processes as data: one TOML file each, every fact with its source."""
