-- A repeated attended sale is recognised by its own row, and its ticket is made anew from it: the answer to a command
-- is kept where more roles may read than may know a validation number.

ALTER TABLE attended_sale
    ADD COLUMN request_scope  text  CHECK (char_length(request_scope) BETWEEN 1 AND 300),
    ADD COLUMN request_key    text  CHECK (char_length(request_key) BETWEEN 1 AND 200),
    ADD COLUMN request_digest bytea,
    -- A sale that was made out of reach is recognised by its record.
    ADD CONSTRAINT attended_sale_request UNIQUE (request_scope, request_key),
    ADD CONSTRAINT attended_sale_request_whole CHECK (num_nulls(request_scope, request_key, request_digest) IN (0, 3));
