-- Blocks: runs of slots leased to seller processes.  docs/algorithms/selling-data-model.md says why so.

-- Rules about one value are domains here and in the tables that a sale writes to, and tables are cut so that few
-- other rules remain: PostgreSQL parses every CHECK of a table anew for each statement, which is a tenth of the cost
-- of a bare insert, where a domain is cached and only evaluated for columns that are written.
CREATE DOMAIN block_tag AS integer CHECK (VALUE BETWEEN 0 AND 32767);
CREATE DOMAIN label AS text CHECK (char_length(VALUE) BETWEEN 1 AND 200);
CREATE DOMAIN subtotal AS bigint CHECK (VALUE >= 0);

-- Where a block lies: inserted once, never changed.
CREATE TABLE block (
    id             uuid      PRIMARY KEY,
    -- What orders name the block by: four bytes instead of sixteen in every index of the largest table.
    number         integer   GENERATED ALWAYS AS IDENTITY UNIQUE,
    raffle_id      uuid      NOT NULL,
    raffle_ordinal bigint    NOT NULL,
    tag            block_tag NOT NULL,
    channel        text      NOT NULL,
    range_first    integer   NOT NULL,
    range_end      integer   NOT NULL,
    first_slot     integer   NOT NULL,
    end_slot       integer   NOT NULL,
    CONSTRAINT block_tag_once UNIQUE (raffle_id, tag),
    -- Orders state the bounds of their block, and cannot state others than these.
    UNIQUE (number, first_slot, end_slot),
    UNIQUE (id, number, raffle_id, channel, first_slot, end_slot),
    CONSTRAINT block_raffle FOREIGN KEY (raffle_id, raffle_ordinal) REFERENCES raffle (id, ordinal),
    CONSTRAINT block_range FOREIGN KEY (raffle_id, channel, range_first, range_end)
        REFERENCES channel_range (raffle_id, channel, first_slot, end_slot),
    CONSTRAINT block_inside CHECK (range_first <= first_slot AND first_slot < end_slot AND end_slot <= range_end),
    CONSTRAINT block_overlap EXCLUDE USING gist (
        int8range(raffle_ordinal * 1073741824 + first_slot, raffle_ordinal * 1073741824 + end_slot) WITH &&)
);

-- How far a block is sold, for how much, and who sells from it: the row that every sale moves forward.  Numbers
-- and money are either valid or voided; a void moves them from one to the other, so that no subtotal below zero
-- means that nothing is voided that was not sold.  valid + voided + unsold = leased.
CREATE TABLE block_sales (
    block_id         uuid        PRIMARY KEY,
    raffle_id        uuid        NOT NULL,
    valid_minor      subtotal    NOT NULL DEFAULT 0,
    voided_minor     subtotal    NOT NULL DEFAULT 0,
    valid_orders     subtotal    NOT NULL DEFAULT 0,
    voided_orders    subtotal    NOT NULL DEFAULT 0,
    valid_numbers    subtotal    NOT NULL DEFAULT 0,
    voided_numbers   subtotal    NOT NULL DEFAULT 0,
    -- The slots [end_slot - unsold, end_slot).  It only ever shrinks, whatever happens to an order later.
    unsold           subtotal    NOT NULL,
    lease_expires_at timestamptz NOT NULL,
    sell_until       timestamptz NOT NULL,
    block_number     integer     NOT NULL,
    first_slot       integer     NOT NULL,
    end_slot         integer     NOT NULL,
    open             boolean     NOT NULL DEFAULT true,
    channel          text        NOT NULL,
    -- NULL once the lease was released.
    holder           label,
    CONSTRAINT block_sales_block FOREIGN KEY (block_id, block_number, raffle_id, channel, first_slot, end_slot)
        REFERENCES block (id, number, raffle_id, channel, first_slot, end_slot)
)
-- A sale changes no indexed column; room in the page lets the new version of the row stay there (HOT), and few
-- blocks share a page, so that sellers of different blocks seldom meet.
WITH (fillfactor = 50);

CREATE INDEX block_sales_of_raffle ON block_sales (raffle_id);
