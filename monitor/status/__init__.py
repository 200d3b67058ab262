"""What readers see: status, summaries, search, disagreements and evidence, never written."""
