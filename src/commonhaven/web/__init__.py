"""The platform: the only place that imports Django. `kit` and one slice for each concept."""
