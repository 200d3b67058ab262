"""Languages of pages and alerts: which there are, which is chosen, and messages said in them."""
