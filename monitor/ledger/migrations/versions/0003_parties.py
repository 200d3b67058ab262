"""Parties: the body behind a row, and which of them each watch is bound to; cases beside them."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply; the service links the stored rows when it starts."""
    with op.batch_alter_table("entry") as table:
        table.add_column(sa.Column("party", sa.Integer(), nullable=True))
        table.create_index(op.f("ix_entry_list_party"), ["list", "party"])
    op.create_table(
        "bound",
        sa.Column("watch", AutoString(), nullable=False),
        sa.Column("list", AutoString(), nullable=False),
        sa.Column("party", sa.Integer(), nullable=False),
        sa.Column("by", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("watch", "list", "party", name=op.f("pk_bound")),
    )
    op.create_table(
        "possible_match",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("watch", AutoString(), nullable=False),
        sa.Column("list", AutoString(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("first_seen_at", UTCDateTime(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_possible_match")),
    )
    op.create_index(op.f("ix_possible_match_watch_list"), "possible_match", ["watch", "list"])
    op.create_index(
        op.f("ix_possible_match_open_first_seen_at"), "possible_match", ["open", "first_seen_at"]
    )
