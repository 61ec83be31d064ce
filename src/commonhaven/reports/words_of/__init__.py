"""Words of reports, a file for each report, with the text in every language."""
