"""The commands of `entity-monitor`, one module a family."""
