"""Pages of the slice, one module a page."""
