-- Blocks: runs of slots leased to seller processes.  docs/algorithms/selling-data-model.md says why so.

CREATE TABLE block (
    id               uuid        PRIMARY KEY,
    -- What orders name the block by: four bytes instead of sixteen in every index of the largest table.
    number           integer     GENERATED ALWAYS AS IDENTITY UNIQUE,
    raffle_id        uuid        NOT NULL,
    raffle_ordinal   bigint      NOT NULL,
    tag              integer     NOT NULL CHECK (tag BETWEEN 0 AND 32767),
    channel          text        NOT NULL,
    range_first      integer     NOT NULL,
    range_end        integer     NOT NULL,
    first_slot       integer     NOT NULL,
    end_slot         integer     NOT NULL,
    -- Everything before is sold; it only moves forward, whatever happens to an order later.
    next_slot        integer     NOT NULL,
    orders           integer     NOT NULL DEFAULT 0 CHECK (orders >= 0),
    sold_minor       bigint      NOT NULL DEFAULT 0 CHECK (sold_minor >= 0),
    voided_orders    integer     NOT NULL DEFAULT 0 CHECK (voided_orders BETWEEN 0 AND orders),
    voided_numbers   integer     NOT NULL DEFAULT 0 CHECK (voided_numbers BETWEEN 0 AND next_slot - first_slot),
    voided_minor     bigint      NOT NULL DEFAULT 0 CHECK (voided_minor BETWEEN 0 AND sold_minor),
    -- NULL once the lease was released.
    holder           text        CHECK (char_length(holder) BETWEEN 1 AND 200),
    lease_expires_at timestamptz NOT NULL,
    sell_until       timestamptz NOT NULL,
    open             boolean     NOT NULL DEFAULT true,
    CONSTRAINT block_tag UNIQUE (raffle_id, tag),
    -- Orders state the bounds of their block, and cannot state others than these.
    UNIQUE (number, first_slot, end_slot),
    CONSTRAINT block_raffle FOREIGN KEY (raffle_id, raffle_ordinal) REFERENCES raffle (id, ordinal),
    CONSTRAINT block_range FOREIGN KEY (raffle_id, channel, range_first, range_end)
        REFERENCES channel_range (raffle_id, channel, first_slot, end_slot),
    CONSTRAINT block_inside CHECK (range_first <= first_slot AND first_slot < end_slot AND end_slot <= range_end),
    CONSTRAINT block_progress CHECK (next_slot BETWEEN first_slot AND end_slot),
    CONSTRAINT block_orders CHECK (orders <= next_slot - first_slot AND (orders = 0) = (next_slot = first_slot)),
    CONSTRAINT block_overlap EXCLUDE USING gist (
        int8range(raffle_ordinal * 1073741824 + first_slot, raffle_ordinal * 1073741824 + end_slot) WITH &&)
)
-- A sale changes no indexed column; room in the page lets the new version of the row stay there (HOT), and few
-- blocks share a page, so that sellers of different blocks seldom meet.
WITH (fillfactor = 25);
