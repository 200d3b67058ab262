"""The Federal Register's API: rules in print and on public inspection, and their texts."""
