-- Who leases looks for a block with room among all blocks of the raffle, of which most are sold out late in a night.
-- `unsold` changes with every sale, so that an index on it would double what a sale writes.  `room` is never less, and
-- is brought down to it when somebody looks at a block in vain, or gives it back; the check refuses to lose numbers.
ALTER TABLE block_sales ADD COLUMN room integer NOT NULL DEFAULT 2147483647;

UPDATE block_sales SET room = unsold;

ALTER TABLE block_sales ADD CONSTRAINT block_sales_room CHECK (unsold <= room);

CREATE INDEX block_sales_with_room ON block_sales (raffle_id, channel, room);

-- What a sales unit holds is looked up with each of its sales.
CREATE INDEX block_sales_of_holder ON block_sales (raffle_id, holder, room) WHERE holder IS NOT NULL;
