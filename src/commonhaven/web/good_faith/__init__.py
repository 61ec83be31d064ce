"""Good faith: a year's assessment of each member, its reply, and the incentive that follows."""
