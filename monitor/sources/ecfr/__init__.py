"""The eCFR: the codified list, read from the tables of Part 744."""
