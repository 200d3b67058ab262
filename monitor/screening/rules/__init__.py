"""Rules: the provisions of 15 CFR part 744 that govern the lists, and what acts do to them."""
