"""Templates, styles and filters that pages and evidence reports share."""
