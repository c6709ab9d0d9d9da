-- Functions that only show things.  No secrets, no answers to commands, and of buyers nothing at all.

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM riff_reader;

GRANT SELECT ON
    organization, venue, staff_member, staff_grant, raffle, channel_range, package, prize, block, block_sales,
    sold_order,
    order_void, payment_notice, significant_event
TO riff_reader;

GRANT SELECT ON claim, claim_payout TO riff_reader;

GRANT SELECT (
    id, raffle_id, package_id, numbers, price_minor, currency, state, opened_at, expires_at, charge_id, refund,
    concluded_at
) ON checkout TO riff_reader;

GRANT SELECT ON
    sales_unit, unit_enrolment, attended_sale, void_request, unit_write_off, cash_count, void_acknowledgement,
    reconciliation_confirmation, unit_record
TO riff_reader;

GRANT SELECT ON price_change, allowance TO riff_reader;

GRANT SELECT ON
    ledger_batch, ledger_reading, ledger_entry, tree_node, ledger_checkpoint, ledger_signature, pool_page
TO riff_reader;

GRANT SELECT ON sales_opening, ticket_reprint TO riff_reader;

-- Of draws everything is public but the seeds, and what a beacon or a contributor said before its time.
GRANT SELECT ON
    draw_plan, draw_manifest, draw_contribution_commitment, draw_seal, draw_approval, draw_start, draw_result,
    draw_substitution, draw_declaration, draw_transcript
TO riff_reader;
GRANT SELECT (raffle_id, draw, attempt, commitment) ON draw_seed TO riff_reader;
