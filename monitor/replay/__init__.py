"""Stories played again: a scenario's world through the same sources, judgement and ledger."""
