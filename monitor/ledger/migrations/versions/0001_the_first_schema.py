"""The first schema."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "act",
        sa.Column("number", AutoString(), nullable=False),
        sa.Column("stage", AutoString(), nullable=False),
        sa.Column("publication_date", AutoString(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("snapshot", AutoString(), nullable=True),
        sa.Column("seen_at", UTCDateTime(), nullable=False),
        sa.Column("seen_poll", sa.Integer(), nullable=False),
        sa.Column("historic", sa.Boolean(), nullable=False),
        sa.Column("judged", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_act")),
    )
    with op.batch_alter_table("act", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_act_publication_date"), ["publication_date"], unique=False
        )

    op.create_table(
        "adopted",
        sa.Column("watch", AutoString(), nullable=False),
        sa.Column("list", AutoString(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("watch", "list", "name", name=op.f("pk_adopted")),
    )
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notification", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("outcome", AutoString(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempt_notification"), ["notification"], unique=False)

    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", AutoString(), nullable=False),
        sa.Column("list", AutoString(), nullable=False),
        sa.Column("digest", AutoString(), nullable=False),
        sa.Column("name_key", AutoString(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("first_poll", sa.Integer(), nullable=True),
        sa.Column("first_seen_at", UTCDateTime(), nullable=False),
        sa.Column("last_seen_at", UTCDateTime(), nullable=True),
        sa.Column("valid_from", AutoString(), nullable=False),
        sa.Column("valid_to", AutoString(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_name_key"), ["name_key"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_entry_source_list_valid_to"),
            ["source", "list", "valid_to"],
            unique=False,
        )

    op.create_table(
        "event",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("watch", AutoString(), nullable=True),
        sa.Column("list", AutoString(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("poll", sa.Integer(), nullable=True),
        sa.Column("acknowledged_at", UTCDateTime(), nullable=True),
        sa.Column("acknowledged_by", AutoString(), nullable=True),
        sa.Column("reminded_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_event")),
        sa.UniqueConstraint("id", name=op.f("uq_event_id")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_kind_seq"), ["kind", "seq"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_event_watch_list_seq"), ["watch", "list", "seq"], unique=False
        )

    op.create_table(
        "fact",
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_fact")),
    )
    op.create_table(
        "finding",
        sa.Column("number", AutoString(), nullable=False),
        sa.Column("watch", AutoString(), nullable=False),
        sa.Column("list", AutoString(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", "watch", "list", name=op.f("pk_finding")),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_watch_list"), ["watch", "list"], unique=False)

    op.create_table(
        "list_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", AutoString(), nullable=False),
        sa.Column("list", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("on_date", AutoString(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("citation", AutoString(), nullable=True),
        sa.Column("review", sa.Boolean(), nullable=False),
        sa.Column("snapshot", AutoString(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_change")),
    )
    with op.batch_alter_table("list_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_list_change_list_on_date_id"), ["list", "on_date", "id"], unique=False
        )

    op.create_table(
        "notification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event", AutoString(), nullable=False),
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("note", AutoString(), nullable=False),
        sa.Column("status", AutoString(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("first_tried_at", UTCDateTime(), nullable=True),
        sa.Column("next_at", UTCDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.Column("lease_owner", AutoString(), nullable=True),
        sa.Column("lease_until", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
        sa.UniqueConstraint(
            "event", "channel", "note", name=op.f("uq_notification_event_channel_note")
        ),
    )
    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_notification_status_next_at"), ["status", "next_at"], unique=False
        )

    op.create_table(
        "poll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", AutoString(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("outcome", AutoString(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("snapshot", AutoString(), nullable=True),
        sa.Column("entries", sa.Integer(), nullable=True),
        sa.Column("as_of", AutoString(), nullable=True),
        sa.Column("url", AutoString(), nullable=True),
        sa.Column("run", AutoString(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
    )
    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_poll_source_id"), ["source", "id"], unique=False)

    op.create_table(
        "snapshot",
        sa.Column("sha256", AutoString(), nullable=False),
        sa.Column("source", AutoString(), nullable=False),
        sa.Column("url", AutoString(), nullable=False),
        sa.Column("media", AutoString(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("stored_size", sa.Integer(), nullable=False),
        sa.Column("as_of", AutoString(), nullable=True),
        sa.Column("first_seen_at", UTCDateTime(), nullable=False),
        sa.Column("last_seen_at", UTCDateTime(), nullable=False),
        sa.Column("status", AutoString(), nullable=False),
        sa.Column("held", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("accepted_by", AutoString(), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_snapshot")),
    )
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_snapshot_source_first_seen_at"),
            ["source", "first_seen_at"],
            unique=False,
        )

    op.create_table(
        "source",
        sa.Column("source", AutoString(), nullable=False),
        sa.Column("last_poll_at", UTCDateTime(), nullable=True),
        sa.Column("last_outcome", AutoString(), nullable=True),
        sa.Column("last_good_at", UTCDateTime(), nullable=True),
        sa.Column("last_reasons", sa.Text(), nullable=False),
        sa.Column("known_sha256", AutoString(), nullable=True),
        sa.Column("accepted_sha256", AutoString(), nullable=True),
        sa.Column("validators", sa.Text(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("health", sa.Text(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("lease_owner", AutoString(), nullable=True),
        sa.Column("lease_until", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_source")),
    )
    op.create_table(
        "source_list",
        sa.Column("source", AutoString(), nullable=False),
        sa.Column("list", AutoString(), nullable=False),
        sa.Column("accepted_sha256", AutoString(), nullable=True),
        sa.Column("accepted_poll", sa.Integer(), nullable=True),
        sa.Column("as_of", AutoString(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("good_polls", sa.Integer(), nullable=False),
        sa.Column("last_good_at", UTCDateTime(), nullable=True),
        sa.Column("url", AutoString(), nullable=True),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("held_sha256", AutoString(), nullable=True),
        sa.Column("held_reasons", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source", "list", name=op.f("pk_source_list")),
    )
    op.create_table(
        "testimony",
        sa.Column("watch", AutoString(), nullable=False),
        sa.Column("list", AutoString(), nullable=False),
        sa.Column("source", AutoString(), nullable=False),
        sa.Column("verdict", AutoString(), nullable=False),
        sa.Column("turned_at", UTCDateTime(), nullable=False),
        sa.Column("turned_poll", sa.Integer(), nullable=False),
        sa.Column("turned_good", sa.Integer(), nullable=False),
        sa.Column("definite", AutoString(), nullable=True),
        sa.Column("definite_poll", sa.Integer(), nullable=False),
        sa.Column("first", sa.Boolean(), nullable=False),
        sa.Column("matched", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("watch", "list", "source", name=op.f("pk_testimony")),
    )
    op.create_table(
        "watch_state",
        sa.Column("watch", AutoString(), nullable=False),
        sa.Column("list", AutoString(), nullable=False),
        sa.Column("names", AutoString(), nullable=False),
        sa.Column("watched_since", UTCDateTime(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("watch", "list", name=op.f("pk_watch_state")),
    )
    with op.batch_alter_table("watch_state", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_watch_state_open"), ["open"], unique=False)
