"""Acts as news: everybody whom a document names, the act of each change, and since when followed."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply; the next look at the Federal Register reads the stored documents for their parties."""
    op.create_table(
        "act_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", AutoString(), nullable=False),
        sa.Column("list", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("name_key", AutoString(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act_party")),
    )
    op.create_index(op.f("ix_act_party_number"), "act_party", ["number"])
    op.create_index(op.f("ix_act_party_list_name_key"), "act_party", ["list", "name_key"])
    op.create_table(
        "follow",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("asks", AutoString(), nullable=False),
        sa.Column("set_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow")),
    )
    op.create_table(
        "act_read",
        sa.Column("number", AutoString(), nullable=False),
        sa.Column("read", AutoString(), nullable=False),
        sa.Column("effective_on", AutoString(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_act_read")),
    )
    op.add_column("list_change", sa.Column("document_number", AutoString(), nullable=True))
    op.create_index(op.f("ix_list_change_document_number"), "list_change", ["document_number"])
