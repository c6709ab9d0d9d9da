-- Significant events (GLI-31 5.6), chained per stream.  Rows are inserted and read, never changed.

CREATE TABLE significant_event (
    occurred_at     timestamptz NOT NULL,
    sequence        bigint      NOT NULL CHECK (sequence >= 1),
    stream          uuid        NOT NULL,
    kind            text        NOT NULL CHECK (kind ~ '^[A-Z]{3}-[0-9]{4}$'),
    -- The bytes that the digest covers, as text: canonical JSON in UTF-8.
    record          text        NOT NULL,
    previous_digest bytea       NOT NULL CHECK (octet_length(previous_digest) IN (0, 32)),
    digest          bytea       NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (stream, sequence),
    CHECK ((sequence = 1) = (octet_length(previous_digest) = 0))
);
