"""The English sentences of events and statuses, and the vocabulary of labels."""
