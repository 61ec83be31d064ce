"""Files of flows of money that a group takes in, their sums, and files that it gives out."""
