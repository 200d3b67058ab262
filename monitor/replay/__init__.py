"""Recorded stories, played again through the same code with a clock of their own."""
