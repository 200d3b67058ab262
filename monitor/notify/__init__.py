"""Wording and channels: Apprise and signed webhooks."""
