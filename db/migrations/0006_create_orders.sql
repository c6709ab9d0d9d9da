-- Orders that have numbers, and voids.  Both are facts: rows are inserted and read, never changed.

CREATE DOMAIN price AS bigint CHECK (VALUE >= 1);

CREATE TABLE sold_order (
    price_minor   price       NOT NULL,
    sold_at       timestamptz NOT NULL,
    block_number  integer     NOT NULL,
    first_slot    integer     NOT NULL,
    end_slot      integer     NOT NULL,
    block_end     integer     NOT NULL,
    -- End of the order before, equal to first_slot; NULL for the first order of the block.
    previous_end  integer,
    -- The block, for its first order; NULL for the others.
    opened_block  integer,
    id            uuid        PRIMARY KEY,
    package_id    uuid        NOT NULL,
    seller        label       NOT NULL,
    -- The chain of a block.  The first order states the block's bounds, and a foreign key holds it to them.  Every
    -- other order begins where exactly one order ends, and takes the block's end over from that one.  At most one
    -- order begins at a slot.  So the orders of a block are one path without gap or overlap, inside the block.
    CONSTRAINT sold_order_start UNIQUE (block_number, first_slot),
    CONSTRAINT sold_order_finish UNIQUE (block_number, end_slot, block_end),
    CONSTRAINT sold_order_predecessor FOREIGN KEY (block_number, previous_end, block_end)
        REFERENCES sold_order (block_number, end_slot, block_end),
    CONSTRAINT sold_order_block FOREIGN KEY (opened_block, first_slot, block_end)
        REFERENCES block (number, first_slot, end_slot),
    CONSTRAINT sold_order_place CHECK (
        first_slot < end_slot AND end_slot <= block_end
        AND (previous_end IS NULL) = (opened_block IS NOT NULL)
        AND coalesce(previous_end = first_slot, opened_block = block_number))
);

CREATE TABLE order_void (
    order_id  uuid        PRIMARY KEY REFERENCES sold_order,
    reason    text        NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 500),
    voided_by label       NOT NULL,
    voided_at timestamptz NOT NULL
);
