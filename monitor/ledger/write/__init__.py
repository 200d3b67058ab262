"""What a judging transaction may write: one module an idea, put together in `transaction`."""
