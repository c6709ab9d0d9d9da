-- What is decided, counted and confirmed between a raffle's close and its seal.  Facts: inserted, never changed.

CREATE TABLE unit_write_off (
    enrolment_id   uuid        PRIMARY KEY REFERENCES unit_enrolment,
    reason         text        NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 500),
    written_off_by label       NOT NULL,
    written_off_at timestamptz NOT NULL
);

CREATE TABLE cash_count (
    raffle_id      uuid        NOT NULL REFERENCES raffle,
    seller         label       NOT NULL,
    -- A recount is another row; the last one counts.
    sequence       integer     NOT NULL CHECK (sequence >= 1),
    expected_minor bigint      NOT NULL CHECK (expected_minor >= 0),
    counted_minor  bigint      NOT NULL CHECK (counted_minor >= 0),
    explanation    text        CHECK (char_length(explanation) BETWEEN 1 AND 500),
    counted_by     label       NOT NULL,
    counted_at     timestamptz NOT NULL,
    PRIMARY KEY (raffle_id, seller, sequence),
    CONSTRAINT cash_count_explained CHECK (counted_minor = expected_minor OR explanation IS NOT NULL)
);

CREATE TABLE void_acknowledgement (
    raffle_id       uuid        NOT NULL REFERENCES raffle,
    sequence        integer     NOT NULL CHECK (sequence >= 1),
    voids           integer     NOT NULL CHECK (voids >= 0),
    requests        integer     NOT NULL CHECK (requests >= 0),
    acknowledged_by label       NOT NULL,
    acknowledged_at timestamptz NOT NULL,
    PRIMARY KEY (raffle_id, sequence)
);

CREATE TABLE reconciliation_confirmation (
    raffle_id    uuid        NOT NULL REFERENCES raffle,
    -- Of what was confirmed: other figures need other confirmations.
    figures      bytea       NOT NULL CHECK (octet_length(figures) = 32),
    -- One person is one word, whatever the code does.
    confirmed_by label       NOT NULL,
    confirmed_at timestamptz NOT NULL,
    PRIMARY KEY (raffle_id, figures, confirmed_by)
);

-- Payments without a known outcome are few, and are looked for by raffle.
CREATE INDEX checkout_pending ON checkout (raffle_id) WHERE state = 'pending';
