-- Public ledgers, and the pools of sealed raffles.  Rows are inserted and read, never changed.
-- docs/algorithms/ledger.md says how a tree is stored.

CREATE DOMAIN entry_count AS bigint CHECK (VALUE BETWEEN 0 AND 9007199254740991);
CREATE DOMAIN entry_kind AS text CHECK (VALUE ~ '^[A-Z]{2,20}$');

-- The batches of a ledger form a chain: the first one follows nothing, every other one follows exactly one batch,
-- and at most one follows each.  So a ledger has one history, whatever two appenders believe.
CREATE TABLE ledger_batch (
    raffle_id     uuid        NOT NULL REFERENCES raffle,
    size          entry_count NOT NULL,
    previous_size entry_count NOT NULL,
    -- The batch before, equal to previous_size; NULL for the first one.
    follows       entry_count,
    -- The right edge of the tree at that size: from it the root follows, and the next batch grows.
    frontier      bytea       NOT NULL,
    appended_at   timestamptz NOT NULL DEFAULT transaction_timestamp(),
    PRIMARY KEY (raffle_id, size),
    CONSTRAINT ledger_batch_once UNIQUE (raffle_id, previous_size),
    CONSTRAINT ledger_batch_follows FOREIGN KEY (raffle_id, follows) REFERENCES ledger_batch (raffle_id, size),
    CONSTRAINT ledger_batch_grows CHECK (
        previous_size < size AND (follows IS NULL) = (previous_size = 0) AND coalesce(follows = previous_size, true))
);

-- The runs of events that were entered, chained in the same way per stream: no event is entered twice or left out.
CREATE TABLE ledger_reading (
    stream         uuid           NOT NULL,
    end_sequence   event_sequence NOT NULL,
    start_sequence bigint         NOT NULL,
    -- The run before, equal to start_sequence; NULL for the first one.
    follows        bigint,
    -- Digest of the last event of the run.
    digest         event_digest   NOT NULL,
    raffle_id      uuid           NOT NULL,
    ledger_size    entry_count    NOT NULL,
    PRIMARY KEY (stream, end_sequence),
    CONSTRAINT ledger_reading_once UNIQUE (stream, start_sequence),
    CONSTRAINT ledger_reading_follows FOREIGN KEY (stream, follows)
        REFERENCES ledger_reading (stream, end_sequence),
    CONSTRAINT ledger_reading_grows CHECK (
        start_sequence < end_sequence AND (follows IS NULL) = (start_sequence = 0)
        AND coalesce(follows = start_sequence, true))
);

CREATE TABLE ledger_entry (
    raffle_id uuid        NOT NULL,
    index     entry_count NOT NULL,
    -- First slot of the order that a SALE or a VOID is about.
    slot      integer,
    kind      entry_kind  NOT NULL,
    -- The bytes that the leaf hash covers, as text: canonical JSON in UTF-8.
    entry     text        NOT NULL,
    PRIMARY KEY (raffle_id, index)
);

-- An order is sold once and voided once.
CREATE UNIQUE INDEX ledger_entry_of_order ON ledger_entry (raffle_id, slot, kind) WHERE slot IS NOT NULL;

-- Complete subtrees: up to sixteen neighbours of one level.  Tree 0 is the ledger, tree d the pool of draw d.
CREATE TABLE tree_node (
    raffle_id uuid     NOT NULL,
    tree      smallint NOT NULL CHECK (tree BETWEEN 0 AND 100),
    level     smallint NOT NULL CHECK (level BETWEEN 0 AND 60),
    first     bigint   NOT NULL CHECK (first >= 0),
    hashes    bytea    NOT NULL CHECK (octet_length(hashes) BETWEEN 32 AND 512),
    PRIMARY KEY (raffle_id, tree, level, first),
    CONSTRAINT tree_node_whole CHECK (
        octet_length(hashes) % 32 = 0 AND first % 16 + octet_length(hashes) / 32 <= 16)
);

CREATE TABLE ledger_checkpoint (
    raffle_id uuid        NOT NULL,
    size      entry_count NOT NULL,
    -- What is signed.
    text      text        NOT NULL CHECK (char_length(text) BETWEEN 1 AND 1000),
    signed_at timestamptz NOT NULL,
    PRIMARY KEY (raffle_id, size),
    FOREIGN KEY (raffle_id, size) REFERENCES ledger_batch
);

CREATE TABLE ledger_signature (
    raffle_id uuid        NOT NULL,
    size      entry_count NOT NULL,
    name      text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 300),
    key_id    bytea       NOT NULL CHECK (octet_length(key_id) = 4),
    payload   bytea       NOT NULL CHECK (octet_length(payload) BETWEEN 1 AND 1000),
    added_at  timestamptz NOT NULL,
    PRIMARY KEY (raffle_id, size, name, key_id),
    FOREIGN KEY (raffle_id, size) REFERENCES ledger_checkpoint
);

-- Pools: 256 ranges a page, as in the compact form (docs/algorithms/sealed-draw.md).
CREATE TABLE pool_page (
    raffle_id    uuid     NOT NULL REFERENCES raffle,
    draw         smallint NOT NULL CHECK (draw BETWEEN 1 AND 100),
    number       integer  NOT NULL CHECK (number >= 0),
    first_slot   integer  NOT NULL CHECK (first_slot >= 0),
    -- First slot after the range before the page.
    previous_end integer  NOT NULL,
    -- How many numbers stand before the page.
    position     integer  NOT NULL CHECK (position >= 0),
    ranges       bytea    NOT NULL CHECK (octet_length(ranges) BETWEEN 2 AND 2560),
    PRIMARY KEY (raffle_id, draw, number),
    CONSTRAINT pool_page_start UNIQUE (raffle_id, draw, first_slot),
    CHECK (previous_end BETWEEN 0 AND first_slot AND position <= previous_end)
);
