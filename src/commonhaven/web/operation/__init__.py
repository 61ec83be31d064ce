"""Running the platform: start, serve, back up, restore, check, remind."""
