"""The decision rules: testimony and acts in, state and events out."""
