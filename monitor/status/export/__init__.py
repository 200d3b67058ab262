"""The list as data: its rows with the days on which they stood, and the files that are written."""
