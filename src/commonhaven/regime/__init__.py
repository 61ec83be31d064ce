"""Joins the rooms: plan, trace, manifest, verify, compare, explain."""
