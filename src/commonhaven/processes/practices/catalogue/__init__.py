"""The practices and precedents as data: one TOML file each, each with its evidence."""
