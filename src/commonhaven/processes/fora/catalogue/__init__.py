"""The fora as data: one TOML file each, their cycles with sources, uncertain facts marked."""
