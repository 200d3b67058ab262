"""The network: whose certificates are trusted, which addresses are private, how long to wait."""
