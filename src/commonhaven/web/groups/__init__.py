"""Groups: members by tier, charters, chairs, caucuses."""
