-- Online orders from their opening to their settled payment, and the payment notices that were acted upon.

CREATE TABLE checkout (
    id             uuid        PRIMARY KEY,
    -- No foreign key: it would make every buyer lock the one row of the raffle.  docs/algorithms/locking.md
    raffle_id      uuid        NOT NULL,
    package_id     uuid        NOT NULL,
    numbers        integer     NOT NULL CHECK (numbers >= 1),
    price_minor    bigint      NOT NULL CHECK (price_minor >= 0),
    currency       text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    buyer_name     text        NOT NULL CHECK (char_length(buyer_name) BETWEEN 1 AND 120),
    buyer_email    text        NOT NULL CHECK (char_length(buyer_email) BETWEEN 3 AND 254),
    request_scope  text        NOT NULL,
    request_key    text        NOT NULL,
    request_digest bytea       NOT NULL,
    state          text        NOT NULL CHECK (
        state IN ('pending', 'paid', 'voided', 'refunded', 'failed', 'expired')),
    opened_at      timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    charge_id      text        CHECK (char_length(charge_id) BETWEEN 1 AND 255),
    refund         text        NOT NULL CHECK (refund IN ('none', 'due', 'done')),
    concluded_at   timestamptz,
    CONSTRAINT checkout_request UNIQUE (request_scope, request_key),
    CHECK (opened_at < expires_at),
    CHECK ((state = 'pending') = (concluded_at IS NULL)),
    CHECK (refund = 'none' OR charge_id IS NOT NULL)
)
-- Its state is updated once or twice, soon after it was stored: room for that on the same page.
WITH (fillfactor = 70);

CREATE TABLE payment_notice (
    notice_id   text        PRIMARY KEY CHECK (char_length(notice_id) BETWEEN 1 AND 255),
    order_id    uuid        NOT NULL REFERENCES checkout,
    admitted_at timestamptz NOT NULL
);
