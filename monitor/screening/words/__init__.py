"""What an event and a status say, in English."""
