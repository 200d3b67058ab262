"""Apprise: its file, its library, and one recipient a channel."""
