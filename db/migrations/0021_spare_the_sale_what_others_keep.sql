-- A sale is bound by the processor, and what compares columns is parsed anew by each statement that writes to a table
-- (docs/algorithms/selling-data-model.md tells what was measured).

-- That an order does not both follow another and open a block, the keys see to: an order that ends where the block begins
-- would itself have to begin before it, and no chain of orders does.
ALTER TABLE sold_order
    DROP CONSTRAINT sold_order_place,
    ADD CONSTRAINT sold_order_place CHECK (
        first_slot < end_slot AND end_slot <= block_end
        AND coalesce(previous_end = first_slot, opened_block = block_number, false)),
    -- Length is no rule of the books, and the event of the sale names the seller as well.
    ALTER COLUMN seller TYPE text;
