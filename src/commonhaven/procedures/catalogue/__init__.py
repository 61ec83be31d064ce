"""The procedures as data: one TOML file each, every number with its article and standing."""
