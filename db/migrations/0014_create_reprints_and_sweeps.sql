-- What the clock looks for, what became of an order that was taken back, and tickets that were printed again.

ALTER TABLE order_void ADD COLUMN state text NOT NULL DEFAULT 'voided' CHECK (state IN ('voided', 'refunded'));

ALTER TABLE payment_notice ADD COLUMN told text NOT NULL DEFAULT 'unknown'
    CHECK (told IN ('succeeded', 'pending', 'declined', 'refunded', 'unknown'));
CREATE INDEX payment_notice_of_order ON payment_notice (order_id);

-- Sweeps read these lists from their beginning; they are short, however many orders there are.
CREATE INDEX checkout_unsettled ON checkout (opened_at, id) WHERE state = 'pending';
CREATE INDEX checkout_owing ON checkout (concluded_at, id) WHERE refund = 'due';
CREATE INDEX raffle_to_close ON raffle (closes_at, id) WHERE state IN ('active', 'suspended');

-- The fact that the opening of sales is on record.
CREATE TABLE sales_opening (
    raffle_id   uuid        PRIMARY KEY REFERENCES raffle,
    recorded_at timestamptz NOT NULL
);

CREATE TABLE ticket_reprint (
    order_id     uuid        NOT NULL REFERENCES sold_order,
    -- 1 for the first copy of the ticket that was printed again.
    copy         integer     NOT NULL CHECK (copy >= 1),
    reason       text        NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 500),
    reprinted_by label       NOT NULL,
    reprinted_at timestamptz NOT NULL,
    PRIMARY KEY (order_id, copy)
);
