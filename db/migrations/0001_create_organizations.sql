-- Licence holders and where they sell.

CREATE TABLE organization (
    id                uuid    PRIMARY KEY,
    name              text    NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
    licence_number    text    NOT NULL CHECK (char_length(licence_number) BETWEEN 1 AND 60),
    currency          text    NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    -- Event numbers are consecutive and never reset: taken with the transaction that creates a raffle.
    last_event_number integer NOT NULL DEFAULT 0 CHECK (last_event_number >= 0)
);

CREATE TABLE venue (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    name            text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
    UNIQUE (organization_id, name)
);
