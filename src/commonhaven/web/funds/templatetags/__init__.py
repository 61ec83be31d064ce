"""How promises are shown."""
