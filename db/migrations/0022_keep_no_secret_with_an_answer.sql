-- Answers to commands are kept for ever, where more roles read them than may know a secret: what tells of one is taken out
-- of those that are stored, and none is stored from here on.

-- A repeated reprint is recognised by the copy's own row, and its ticket is made anew.
ALTER TABLE ticket_reprint
    ADD COLUMN request_scope  text  CHECK (char_length(request_scope) BETWEEN 1 AND 300),
    ADD COLUMN request_key    text  CHECK (char_length(request_key) BETWEEN 1 AND 200),
    ADD COLUMN request_digest bytea,
    ADD CONSTRAINT ticket_reprint_request UNIQUE (request_scope, request_key),
    -- Copies that were made before are recognised where their answers are stored.
    ADD CONSTRAINT ticket_reprint_request_whole CHECK (num_nulls(request_scope, request_key, request_digest) IN (0, 3));

UPDATE ticket_reprint
SET request_scope = command.scope, request_key = command.key, request_digest = command.digest
FROM command
WHERE command.scope LIKE 'reprint\_ticket %'
    AND ticket_reprint.order_id = (command.body::jsonb ->> 'order_id')::uuid
    AND ticket_reprint.copy = (command.body::jsonb ->> 'copy')::integer;

UPDATE command SET body = (body::jsonb #- '{ticket,validation_number}')::text
WHERE scope LIKE 'reprint\_ticket %';

UPDATE command SET body = (body::jsonb - 'logon_code')::text
WHERE scope LIKE 'register\_unit %' OR scope LIKE 'update\_unit %' OR scope LIKE 'resume\_unit %';
