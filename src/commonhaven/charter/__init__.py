"""The rules of the game: model, schema, versions, the difference between two."""
