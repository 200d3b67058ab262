"""Parties: the body behind a row, and which of them each watch is bound to."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

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
