-- People who work with the system, and what was granted to them.

CREATE TABLE staff_member (
    id      uuid    PRIMARY KEY,
    subject text    NOT NULL UNIQUE CHECK (char_length(subject) BETWEEN 1 AND 200),
    name    text    NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
    email   text    NOT NULL CHECK (char_length(email) BETWEEN 3 AND 254),
    active  boolean NOT NULL DEFAULT true
);

CREATE TABLE staff_grant (
    staff_id        uuid NOT NULL REFERENCES staff_member,
    role            text NOT NULL CHECK (char_length(role) BETWEEN 1 AND 60),
    -- NULL stands for every organization.
    organization_id uuid REFERENCES organization,
    UNIQUE NULLS NOT DISTINCT (staff_id, role, organization_id)
);
