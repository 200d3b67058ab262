"""The status page, JSON API and feeds: they only read."""
