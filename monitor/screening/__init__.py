"""Judgement: names, parties, cases, acts, and what is decided. Pure: no I/O, no clock."""
