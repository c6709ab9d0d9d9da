-- What is sold, and what is won.  A new list is a new revision beside the old ones, so that every price that
-- was ever set stays on record; the event of the change tells who set it and when.

CREATE TABLE package (
    raffle_id     uuid    NOT NULL REFERENCES raffle,
    revision      integer NOT NULL CHECK (revision >= 1),
    position      integer NOT NULL CHECK (position >= 1),
    id            uuid    NOT NULL,
    label         text    NOT NULL CHECK (char_length(label) BETWEEN 1 AND 80),
    numbers       integer NOT NULL CHECK (numbers BETWEEN 1 AND 1000),
    price_minor   bigint  NOT NULL CHECK (price_minor BETWEEN 1 AND 10000000),
    channels      text[]  NOT NULL CHECK (
        cardinality(channels) >= 1 AND channels <@ ARRAY['online', 'sales_unit', 'reserve']),
    on_sale_from  timestamptz,
    on_sale_until timestamptz,
    PRIMARY KEY (raffle_id, revision, position),
    UNIQUE (raffle_id, revision, id),
    CHECK (on_sale_from < on_sale_until)
);

CREATE TABLE prize (
    raffle_id        uuid    NOT NULL REFERENCES raffle,
    revision         integer NOT NULL CHECK (revision >= 1),
    draw             text    NOT NULL CHECK (draw IN ('early_bird', 'grand')),
    rank             integer NOT NULL CHECK (rank BETWEEN 1 AND 1000),
    id               uuid    NOT NULL,
    name             text    NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
    kind             text    NOT NULL CHECK (kind IN ('fixed', 'share')),
    amount_minor     bigint  NOT NULL CHECK (amount_minor >= 0),
    share_bp         integer NOT NULL CHECK (share_bp BETWEEN 0 AND 10000),
    seed_minor       bigint  NOT NULL CHECK (seed_minor >= 0),
    guaranteed_minor bigint  NOT NULL CHECK (guaranteed_minor >= 0),
    cap_minor        bigint  CHECK (cap_minor >= greatest(seed_minor, guaranteed_minor)),
    basis            text    NOT NULL CHECK (basis IN ('gross', 'net')),
    rounding_minor   integer NOT NULL CHECK (rounding_minor >= 1),
    rounding         text    NOT NULL CHECK (rounding IN ('down', 'up', 'nearest')),
    winners          integer NOT NULL CHECK (winners >= 1),
    PRIMARY KEY (raffle_id, revision, draw, rank),
    UNIQUE (raffle_id, revision, id),
    CHECK ((kind = 'fixed') = (amount_minor > 0)),
    CHECK ((kind = 'share') = (share_bp > 0))
);
