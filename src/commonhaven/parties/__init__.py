"""Who takes part: states, groupings, naming policy; figures with unit, period and source."""
