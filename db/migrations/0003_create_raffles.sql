-- Raffles, their secrets, and how their number spaces are divided.

CREATE TABLE raffle (
    id               uuid        PRIMARY KEY,
    -- A small number for the raffle: number spaces of all raffles lie side by side on one axis, 2^30 slots each.
    ordinal          bigint      GENERATED ALWAYS AS IDENTITY UNIQUE CHECK (ordinal BETWEEN 1 AND 4294967296),
    organization_id  uuid        NOT NULL REFERENCES organization,
    event_number     integer     NOT NULL CHECK (event_number >= 1),
    name             text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
    state            text        NOT NULL CHECK (state IN (
        'draft', 'configured', 'active', 'suspended', 'sales_closed', 'reconciling', 'reconciled', 'sealed',
        'drawing', 'completed', 'cancelled')),
    currency         text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    opens_at         timestamptz NOT NULL,
    closes_at        timestamptz NOT NULL,
    numbering        text        NOT NULL CHECK (numbering IN ('sequential', 'random')),
    first_number     integer     NOT NULL CHECK (first_number BETWEEN 0 AND 1000000000),
    rule_profile     text        NOT NULL CHECK (char_length(rule_profile) BETWEEN 1 AND 60),
    profile_snapshot jsonb,
    -- Packages and prizes are kept in revisions; these two name the ones that count.
    package_revision integer     NOT NULL DEFAULT 0 CHECK (package_revision >= 0),
    prize_revision   integer     NOT NULL DEFAULT 0 CHECK (prize_revision >= 0),
    created_at       timestamptz NOT NULL,
    closed_at        timestamptz,
    UNIQUE (organization_id, event_number),
    UNIQUE (id, ordinal),
    CHECK (opens_at < closes_at)
);

CREATE INDEX raffle_on_sale ON raffle (closes_at, id) WHERE state = 'active';

CREATE TABLE raffle_key (
    raffle_id  uuid  PRIMARY KEY REFERENCES raffle,
    validation bytea NOT NULL CHECK (octet_length(validation) = 32),
    numbering  bytea NOT NULL CHECK (octet_length(numbering) = 32)
);

CREATE TABLE channel_range (
    raffle_id      uuid    NOT NULL,
    raffle_ordinal bigint  NOT NULL,
    channel        text    NOT NULL CHECK (channel IN ('online', 'sales_unit', 'reserve')),
    first_slot     integer NOT NULL CHECK (first_slot >= 0),
    end_slot       integer NOT NULL CHECK (end_slot <= 1000000000),
    -- Everything before is cut into blocks; it only moves forward.
    next_slot      integer NOT NULL,
    -- How many blocks were cut.
    blocks         integer NOT NULL DEFAULT 0 CHECK (blocks BETWEEN 0 AND 32768),
    PRIMARY KEY (raffle_id, channel),
    UNIQUE (raffle_id, channel, first_slot, end_slot),
    FOREIGN KEY (raffle_id, raffle_ordinal) REFERENCES raffle (id, ordinal),
    CHECK (first_slot < end_slot),
    CHECK (next_slot BETWEEN first_slot AND end_slot),
    CONSTRAINT channel_range_overlap EXCLUDE USING gist (
        int8range(raffle_ordinal * 1073741824 + first_slot, raffle_ordinal * 1073741824 + end_slot) WITH &&)
);
