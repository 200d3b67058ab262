"""The status page, JSON API and feeds, which only read; `admin` and `cases` take orders."""
