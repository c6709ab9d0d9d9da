-- Claims to prizes.  The claim moves through its states; who made it and how it was paid are facts beside it.

CREATE TABLE claim (
    id           uuid        PRIMARY KEY,
    raffle_id    uuid        NOT NULL REFERENCES raffle,
    draw         integer     NOT NULL CHECK (draw >= 1),
    place        integer     NOT NULL CHECK (place >= 0),
    prize_id     uuid        NOT NULL,
    amount_minor bigint      NOT NULL CHECK (amount_minor >= 0),
    currency     text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    slot         integer     NOT NULL CHECK (slot >= 0),
    order_id     uuid        NOT NULL REFERENCES sold_order,
    state        text        NOT NULL CHECK (
        state IN ('open', 'validated', 'paid', 'expired', 'redraw', 'trust')),
    opened_at    timestamptz NOT NULL,
    expires_at   timestamptz,
    CONSTRAINT claim_once UNIQUE (raffle_id, draw, place),
    CHECK (opened_at < expires_at)
);

CREATE INDEX claim_of_order ON claim (order_id);
CREATE INDEX claim_to_expire ON claim (raffle_id, expires_at) WHERE state = 'open';

-- Personal data: only functions that pay prizes read it.
CREATE TABLE claimant (
    claim_id        uuid        PRIMARY KEY REFERENCES claim,
    name            text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
    document        text        NOT NULL CHECK (
        document IN ('passport', 'driving_licence', 'identity_card', 'other')),
    document_number text        NOT NULL CHECK (char_length(document_number) BETWEEN 1 AND 60),
    evidence        text        CHECK (char_length(evidence) BETWEEN 1 AND 500),
    identified_by   label       NOT NULL,
    identified_at   timestamptz NOT NULL
);

CREATE TABLE claim_payout (
    claim_id  uuid        PRIMARY KEY REFERENCES claim,
    method    text        NOT NULL CHECK (method IN ('cheque', 'transfer', 'cash', 'goods')),
    reference text        NOT NULL CHECK (char_length(reference) BETWEEN 1 AND 120),
    paid_by   label       NOT NULL,
    paid_at   timestamptz NOT NULL
);
