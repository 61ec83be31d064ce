"""The rule of Hathaway and Neve: the criteria, their measures, bands and wishes."""
