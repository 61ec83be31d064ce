"""What every slice stands on: policy, clock, pages, fields."""
