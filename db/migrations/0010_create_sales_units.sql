-- Sales units, their enrolments, and what is known of an order because a person sold it.

CREATE TABLE sales_unit (
    id              uuid        PRIMARY KEY,
    organization_id uuid        NOT NULL REFERENCES organization,
    label           text        NOT NULL CHECK (char_length(label) BETWEEN 1 AND 60),
    subject         label       NOT NULL,
    operator        label       NOT NULL,
    state           text        NOT NULL CHECK (state IN (
        'registered', 'enrolled', 'active', 'closing', 'closed', 'reconciled', 'suspended', 'error', 'lost')),
    -- The enrolment that it serves, or served last.
    enrolment_id    uuid,
    registered_at   timestamptz NOT NULL,
    CONSTRAINT sales_unit_subject UNIQUE (subject),
    CONSTRAINT sales_unit_label UNIQUE (organization_id, label),
    CHECK (state <> 'registered' OR enrolment_id IS NULL),
    CHECK (state NOT IN ('enrolled', 'active', 'closing', 'closed', 'reconciled') OR enrolment_id IS NOT NULL)
);

-- Apart from the unit, so that whoever may list units cannot read what logs on to them.
CREATE TABLE unit_logon (
    unit_id uuid  PRIMARY KEY REFERENCES sales_unit,
    digest  bytea NOT NULL CHECK (octet_length(digest) = 32)
);

CREATE TABLE unit_enrolment (
    id          uuid        PRIMARY KEY,
    unit_id     uuid        NOT NULL REFERENCES sales_unit,
    raffle_id   uuid        NOT NULL REFERENCES raffle,
    operator    label       NOT NULL,
    enrolled_at timestamptz NOT NULL,
    closed_at   timestamptz CHECK (closed_at >= enrolled_at),
    UNIQUE (id, unit_id)
);

ALTER TABLE sales_unit ADD FOREIGN KEY (enrolment_id, id) REFERENCES unit_enrolment (id, unit_id);

-- A unit serves one raffle at a time, whatever the code does.
CREATE UNIQUE INDEX unit_enrolment_open ON unit_enrolment (unit_id) WHERE closed_at IS NULL;
CREATE INDEX unit_enrolment_of_raffle ON unit_enrolment (raffle_id);

CREATE TABLE attended_sale (
    order_id     uuid  PRIMARY KEY REFERENCES sold_order,
    -- No foreign key, as for every sale: docs/algorithms/locking.md
    raffle_id    uuid  NOT NULL,
    -- Whose cash it is: an enrolment, or a member of staff.
    seller       label NOT NULL,
    enrolment_id uuid  REFERENCES unit_enrolment,
    tender       text  NOT NULL CHECK (tender IN ('cash', 'card', 'prepaid')),
    reason       text  CHECK (char_length(reason) BETWEEN 1 AND 500),
    -- A unit takes money on the spot; the reserve is sold with a reason.
    CHECK ((enrolment_id IS NULL) = (reason IS NOT NULL)),
    CHECK (enrolment_id IS NULL OR tender <> 'prepaid')
);

CREATE INDEX attended_sale_of_seller ON attended_sale (raffle_id, seller);
CREATE INDEX attended_sale_of_enrolment ON attended_sale (enrolment_id) WHERE enrolment_id IS NOT NULL;

CREATE TABLE void_request (
    order_id     uuid        PRIMARY KEY REFERENCES sold_order,
    raffle_id    uuid        NOT NULL,
    enrolment_id uuid        NOT NULL REFERENCES unit_enrolment,
    reason       text        NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 500),
    requested_at timestamptz NOT NULL
);

CREATE INDEX void_request_of_raffle ON void_request (raffle_id);
