"""A look stored and judged in one transaction; the rules that decide are in `screening`."""
