"""Rules: what acts do to the provisions behind the lists, and their codified texts."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply; the next look at the Federal Register reads the stored documents for rules."""
    op.create_table(
        "rule_act",
        sa.Column("number", AutoString(), nullable=False),
        sa.Column("read", AutoString(), nullable=False),
        sa.Column("bears", sa.Boolean(), nullable=False),
        sa.Column("deeds", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_rule_act")),
    )
    op.create_index(op.f("ix_rule_act_bears"), "rule_act", ["bears"])
    op.create_table(
        "rule_text",
        sa.Column("place", AutoString(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("as_of", AutoString(), nullable=False),
        sa.Column("seen_at", UTCDateTime(), nullable=False),
        sa.Column("snapshot", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_rule_text")),
    )
