"""The Consolidated Screening List: its JSON and CSV files."""
