-- The critical memory of sales units as far as it was handed in: every record once, in order, never changed.

CREATE TABLE unit_record (
    enrolment_id uuid        NOT NULL REFERENCES unit_enrolment,
    -- Counted from 1, as in the unit's own chain.
    position     integer     NOT NULL CHECK (position >= 1),
    -- The bytes that the chain covers, as text: canonical JSON in UTF-8.
    record       text        NOT NULL CHECK (octet_length(record) BETWEEN 1 AND 4096),
    head         bytea       NOT NULL CHECK (octet_length(head) = 32),
    order_id     uuid        NOT NULL UNIQUE REFERENCES sold_order,
    received_at  timestamptz NOT NULL,
    PRIMARY KEY (enrolment_id, position)
);
