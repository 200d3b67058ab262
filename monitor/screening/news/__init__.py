"""News of whole lists: what each follow is due, by acts and by the texts of the lists."""
