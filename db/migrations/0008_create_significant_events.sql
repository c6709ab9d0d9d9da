-- Significant events (GLI-31 5.6), chained per stream.  Rows are inserted and read, never changed.

CREATE DOMAIN event_kind AS text CHECK (VALUE ~ '^[A-Z]{3}-[0-9]{4}$');
CREATE DOMAIN event_digest AS bytea CHECK (octet_length(VALUE) = 32);
CREATE DOMAIN event_sequence AS bigint CHECK (VALUE >= 1);

CREATE TABLE significant_event (
    occurred_at timestamptz    NOT NULL,
    sequence    event_sequence NOT NULL,
    stream      uuid           NOT NULL,
    kind        event_kind     NOT NULL,
    -- The bytes that the digest covers, as text: canonical JSON in UTF-8.
    record      text           NOT NULL,
    -- Covers the digest of the row before in its stream as well.  That one is not repeated here, so that no row can
    -- state another predecessor than the one it has.
    digest      event_digest   NOT NULL,
    PRIMARY KEY (stream, sequence)
);
