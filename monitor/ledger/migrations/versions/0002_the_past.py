"""The past: dated versions read, what they say of each party, and its times on the list."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "version",
        sa.Column("on_date", AutoString(), nullable=False),
        sa.Column("sha256", AutoString(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("doubt", sa.Text(), nullable=True),
        sa.Column("read_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("on_date", name=op.f("pk_version")),
    )
    op.create_table(
        "sighting",
        sa.Column("party", AutoString(), nullable=False),
        sa.Column("on_date", AutoString(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("cited", sa.Text(), nullable=True),
        sa.Column("start", AutoString(), nullable=True),
        sa.PrimaryKeyConstraint("party", "on_date", name=op.f("pk_sighting")),
    )
    op.create_table(
        "past",
        sa.Column("party", AutoString(), nullable=False),
        sa.Column("spans", sa.Text(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("party", name=op.f("pk_past")),
    )
