-- Functions that sell, void and close.  They read a raffle's setup and secrets and change neither; of a block they
-- change how far it is sold and who holds it, never where it lies.

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM riff_critical;

GRANT SELECT ON
    organization, venue, staff_member, staff_grant, raffle, raffle_key, channel_range, package, prize, block,
    block_sales, sold_order, order_void, checkout, payment_notice, command, significant_event
TO riff_critical;

GRANT UPDATE (state, closes_at, closed_at) ON raffle TO riff_critical;
GRANT UPDATE (next_slot, blocks) ON channel_range TO riff_critical;

GRANT INSERT (
    id, raffle_id, raffle_ordinal, tag, channel, range_first, range_end, first_slot, end_slot
) ON block TO riff_critical;
GRANT INSERT (
    block_id, block_number, raffle_id, channel, first_slot, end_slot, unsold, room, holder, lease_expires_at,
    sell_until
) ON block_sales TO riff_critical;
GRANT UPDATE (
    unsold, room, valid_orders, valid_numbers, valid_minor, voided_orders, voided_numbers, voided_minor, holder,
    lease_expires_at, sell_until, open, paused
) ON block_sales TO riff_critical;

GRANT INSERT ON checkout TO riff_critical;
GRANT UPDATE (state, charge_id, refund, concluded_at, reserved) ON checkout TO riff_critical;

GRANT SELECT, INSERT ON claim, claimant, claim_payout TO riff_critical;
GRANT UPDATE (state, slot, order_id, opened_at, expires_at) ON claim TO riff_critical;

-- Ledgers: insert and select only.
GRANT INSERT ON sold_order, order_void, payment_notice, significant_event TO riff_critical;
GRANT INSERT (scope, key, digest, status, body, location) ON command TO riff_critical;

-- Sales units sell, close and are accounted for here.
GRANT SELECT ON
    sales_unit, unit_logon, unit_enrolment, attended_sale, void_request, unit_write_off, cash_count,
    void_acknowledgement, reconciliation_confirmation, unit_record
TO riff_critical;
GRANT UPDATE (state, enrolment_id) ON sales_unit TO riff_critical;
GRANT INSERT (id, unit_id, raffle_id, operator, enrolled_at), UPDATE (closed_at) ON unit_enrolment TO riff_critical;
GRANT INSERT ON
    attended_sale, void_request, unit_write_off, cash_count, void_acknowledgement, reconciliation_confirmation,
    unit_record
TO riff_critical;

-- What a limit concerns is counted with the sale; no seller moves a limit.
GRANT SELECT ON price_change, allowance TO riff_critical;
GRANT UPDATE (taken) ON allowance TO riff_critical;

-- Public ledgers and sealed pools: insert and select only.
GRANT SELECT ON
    ledger_batch, ledger_reading, ledger_entry, tree_node, ledger_checkpoint, ledger_signature, pool_page
TO riff_critical;
GRANT INSERT (raffle_id, size, previous_size, follows, frontier) ON ledger_batch TO riff_critical;
GRANT INSERT ON
    ledger_reading, ledger_entry, tree_node, ledger_checkpoint, ledger_signature, pool_page
TO riff_critical;

-- The opening of sales and copies of tickets are written down here, once each.
GRANT SELECT, INSERT ON sales_opening, ticket_reprint TO riff_critical;

-- Draws: insert and select only.  Nobody who draws fixes what is drawn by, nor a seed.
GRANT SELECT ON
    draw_plan, draw_manifest, draw_seed, draw_contribution_commitment, draw_seal, draw_contribution,
    draw_beacon_value, draw_approval, draw_start, draw_entry, draw_result, draw_substitution, draw_declaration,
    draw_transcript
TO riff_critical;
GRANT INSERT ON
    draw_contribution_commitment, draw_seal, draw_contribution, draw_beacon_value, draw_approval, draw_start,
    draw_entry, draw_result, draw_substitution, draw_declaration, draw_transcript
TO riff_critical;
