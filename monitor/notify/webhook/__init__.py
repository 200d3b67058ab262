"""Signed webhooks: CloudEvents after Standard Webhooks, and where they may go."""
