"""All that is stored: tables, migrations, queries, the outbox. No other room knows the database."""
