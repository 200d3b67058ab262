"""One look judged in one transaction: a list, the Register, the clock, or a person's word."""
