"""The reader of Federal Register documents: whom an act adds, removes or revises."""
