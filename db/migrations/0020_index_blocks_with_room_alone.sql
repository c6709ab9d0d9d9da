-- A plan made once for every value of a parameter takes a third of all blocks to have room, and reads them all.  An index
-- that holds only blocks with room is small late in a night, and the planner knows its size.
DROP INDEX block_sales_with_room;

CREATE INDEX block_sales_with_room ON block_sales (raffle_id, channel, room) WHERE room > 0;
