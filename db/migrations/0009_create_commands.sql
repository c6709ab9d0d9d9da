-- Answers to commands, by idempotency key: stored with the command's own changes, and never changed.

CREATE TABLE command (
    scope       text        NOT NULL CHECK (char_length(scope) BETWEEN 1 AND 300),
    key         text        NOT NULL CHECK (char_length(key) BETWEEN 1 AND 200),
    digest      bytea       NOT NULL,
    status      smallint    NOT NULL CHECK (status BETWEEN 100 AND 599),
    body        text        NOT NULL,
    location    text,
    answered_at timestamptz NOT NULL DEFAULT transaction_timestamp(),
    PRIMARY KEY (scope, key)
);
