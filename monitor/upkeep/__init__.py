"""Care of the installation: reminders, retention, backup and restore."""
