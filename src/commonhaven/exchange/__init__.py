"""Files of money in and out: IATI 2.03, OCHA FTS, CSV and XLSX, exact and in one pass."""
