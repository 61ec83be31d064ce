"""A group's funds: calls, agreements, requests, payments, in double entry."""
