-- Sealed draws (docs/algorithms/sealed-draw.md).  Everything is inserted once and never changed: what can happen once
-- has a primary key that a second time violates, whatever the code believes.

CREATE DOMAIN draw_number AS smallint CHECK (VALUE BETWEEN 1 AND 100);
CREATE DOMAIN draw_attempt AS smallint CHECK (VALUE BETWEEN 1 AND 9);
CREATE DOMAIN draw_digest AS bytea CHECK (octet_length(VALUE) = 32);
-- An instant of the protocol: milliseconds since 1970.
CREATE DOMAIN draw_instant AS bigint CHECK (VALUE >= 0);

-- How the draws are held, as decided before activation; the last revision counts.
CREATE TABLE draw_plan (
    raffle_id        uuid        NOT NULL REFERENCES raffle,
    revision         integer     NOT NULL CHECK (revision >= 1),
    early_bird_until timestamptz,
    attempts         draw_attempt NOT NULL,
    seal_within_s    integer     NOT NULL CHECK (seal_within_s >= 60),
    contributors     text[]      NOT NULL CHECK (cardinality(contributors) <= 16),
    PRIMARY KEY (raffle_id, revision)
);

-- M, as canonical JSON.
CREATE TABLE draw_manifest (
    raffle_id uuid PRIMARY KEY REFERENCES raffle,
    manifest  text NOT NULL
);

CREATE TABLE draw_seed (
    raffle_id  uuid         NOT NULL REFERENCES draw_manifest,
    draw       draw_number  NOT NULL,
    attempt    draw_attempt NOT NULL,
    commitment draw_digest  NOT NULL,
    -- The seed under its key.  Functions that commit to it insert it, and those that draw read it; no other role does.
    ciphertext bytea        NOT NULL CHECK (octet_length(ciphertext) BETWEEN 32 AND 6144),
    PRIMARY KEY (raffle_id, draw, attempt)
);

CREATE TABLE draw_contribution_commitment (
    raffle_id    uuid         NOT NULL,
    draw         draw_number  NOT NULL,
    attempt      draw_attempt NOT NULL,
    party        text         NOT NULL CHECK (char_length(party) BETWEEN 1 AND 40),
    value        draw_digest  NOT NULL,
    committed_by label        NOT NULL,
    committed_at timestamptz  NOT NULL,
    PRIMARY KEY (raffle_id, draw, attempt, party),
    FOREIGN KEY (raffle_id, draw, attempt) REFERENCES draw_seed
);

-- S, as canonical JSON.
CREATE TABLE draw_seal (
    raffle_id uuid PRIMARY KEY REFERENCES draw_manifest,
    seal      text NOT NULL
);

CREATE TABLE draw_contribution (
    raffle_id uuid         NOT NULL REFERENCES draw_seal,
    draw      draw_number  NOT NULL,
    attempt   draw_attempt NOT NULL,
    party     text         NOT NULL,
    value     bytea        NOT NULL CHECK (octet_length(value) BETWEEN 32 AND 64),
    opened_at draw_instant NOT NULL,
    opened_by label        NOT NULL,
    PRIMARY KEY (raffle_id, draw, attempt, party),
    FOREIGN KEY (raffle_id, draw, attempt, party) REFERENCES draw_contribution_commitment
);

-- The beacon's value of an attempt, from the moment it was seen.
CREATE TABLE draw_beacon_value (
    raffle_id uuid         NOT NULL REFERENCES draw_seal,
    draw      draw_number  NOT NULL,
    attempt   draw_attempt NOT NULL,
    value     text         NOT NULL,
    PRIMARY KEY (raffle_id, draw, attempt),
    FOREIGN KEY (raffle_id, draw, attempt) REFERENCES draw_seed
);

CREATE TABLE draw_approval (
    raffle_id   uuid         NOT NULL,
    draw        draw_number  NOT NULL,
    attempt     draw_attempt NOT NULL,
    decision    text         NOT NULL CHECK (decision IN ('start', 'give_up', 'substitute')),
    winner      integer      NOT NULL CHECK (winner >= -1),
    round       integer      NOT NULL CHECK (round >= 0),
    approved_by label        NOT NULL,
    reason      text         NOT NULL CHECK (char_length(reason) <= 200),
    approved_at timestamptz  NOT NULL,
    PRIMARY KEY (raffle_id, draw, attempt, decision, winner, round, approved_by),
    FOREIGN KEY (raffle_id, draw, attempt) REFERENCES draw_seed
);

-- DRAW-STARTED: there before the seed is opened, and once.
CREATE TABLE draw_start (
    raffle_id  uuid         NOT NULL REFERENCES draw_seal,
    draw       draw_number  NOT NULL,
    attempt    draw_attempt NOT NULL,
    started_at draw_instant NOT NULL,
    -- Modes that were passed over, each with its reason: canonical JSON.
    fallbacks  text         NOT NULL,
    started_by label        NOT NULL,
    request    text         NOT NULL,
    CONSTRAINT draw_start_once PRIMARY KEY (raffle_id, draw, attempt),
    FOREIGN KEY (raffle_id, draw, attempt) REFERENCES draw_seed
);

CREATE TABLE draw_entry (
    raffle_id uuid         NOT NULL,
    draw      draw_number  NOT NULL,
    attempt   draw_attempt NOT NULL,
    place     integer      NOT NULL CHECK (place >= 0),
    round     integer      NOT NULL CHECK (round >= 0),
    official  label        NOT NULL,
    slot      integer      NOT NULL CHECK (slot >= 0),
    PRIMARY KEY (raffle_id, draw, attempt, place, round, official),
    FOREIGN KEY (raffle_id, draw, attempt) REFERENCES draw_start
);

-- How an attempt ended, as canonical JSON.  A draw has one result, however many attempts failed.
CREATE TABLE draw_result (
    raffle_id    uuid         NOT NULL,
    draw         draw_number  NOT NULL,
    attempt      draw_attempt NOT NULL,
    failed       boolean      NOT NULL,
    document     text         NOT NULL,
    concluded_at timestamptz  NOT NULL,
    CONSTRAINT draw_result_once PRIMARY KEY (raffle_id, draw, attempt),
    FOREIGN KEY (raffle_id, draw, attempt) REFERENCES draw_start
);

CREATE UNIQUE INDEX draw_result_one ON draw_result (raffle_id, draw) WHERE NOT failed;

CREATE TABLE draw_substitution (
    raffle_id uuid         NOT NULL,
    draw      draw_number  NOT NULL,
    attempt   draw_attempt NOT NULL,
    alternate integer      NOT NULL CHECK (alternate >= 0),
    winner    integer      NOT NULL CHECK (winner >= 0),
    at        draw_instant NOT NULL,
    reason    text         NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 200),
    officials bytea[]      NOT NULL CHECK (cardinality(officials) = 2),
    PRIMARY KEY (raffle_id, draw, alternate),
    FOREIGN KEY (raffle_id, draw, attempt) REFERENCES draw_result
);

CREATE TABLE draw_declaration (
    raffle_id   uuid         NOT NULL,
    draw        draw_number  NOT NULL,
    attempt     draw_attempt NOT NULL,
    declared_by label        NOT NULL,
    declared_at timestamptz  NOT NULL,
    CONSTRAINT draw_declaration_once PRIMARY KEY (raffle_id, draw),
    FOREIGN KEY (raffle_id, draw, attempt) REFERENCES draw_result
);

-- T at every change; the last one counts.
CREATE TABLE draw_transcript (
    raffle_id    uuid        NOT NULL REFERENCES draw_seal,
    revision     integer     NOT NULL CHECK (revision >= 1),
    transcript   text        NOT NULL,
    digest       draw_digest NOT NULL,
    published_at timestamptz NOT NULL,
    PRIMARY KEY (raffle_id, revision)
);
