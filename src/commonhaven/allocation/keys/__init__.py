"""Keys: a share for every state from its figures, with the working."""
