-- Orders that have numbers, and voids.  Both are facts: rows are inserted and read, never changed.

CREATE TABLE sold_order (
    price_minor  bigint      NOT NULL CHECK (price_minor >= 1),
    sold_at      timestamptz NOT NULL,
    block_number integer     NOT NULL,
    block_first  integer     NOT NULL,
    block_end    integer     NOT NULL,
    first_slot   integer     NOT NULL,
    end_slot     integer     NOT NULL,
    -- End of the order before, equal to first_slot; NULL for the first order of the block.
    previous_end integer,
    id           uuid        PRIMARY KEY,
    package_id   uuid        NOT NULL,
    seller       text        NOT NULL CHECK (char_length(seller) BETWEEN 1 AND 200),
    -- The chain: one order per start and per end, each starting where the block or another order ends.
    CONSTRAINT sold_order_start UNIQUE (block_number, first_slot),
    CONSTRAINT sold_order_finish UNIQUE (block_number, end_slot),
    CONSTRAINT sold_order_predecessor FOREIGN KEY (block_number, previous_end)
        REFERENCES sold_order (block_number, end_slot),
    CONSTRAINT sold_order_link CHECK (coalesce(previous_end = first_slot, first_slot = block_first)),
    -- Containment: inside the block, whose bounds cannot be misstated.
    CONSTRAINT sold_order_block FOREIGN KEY (block_number, block_first, block_end)
        REFERENCES block (number, first_slot, end_slot),
    CONSTRAINT sold_order_inside CHECK (
        block_first <= first_slot AND first_slot < end_slot AND end_slot <= block_end)
);

CREATE TABLE order_void (
    order_id  uuid        PRIMARY KEY REFERENCES sold_order,
    reason    text        NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 500),
    voided_by text        NOT NULL CHECK (char_length(voided_by) BETWEEN 1 AND 200),
    voided_at timestamptz NOT NULL
);
