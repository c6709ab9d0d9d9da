-- Functions that set raffles up and manage people.  They hand secrets in and never read them; they see what was
-- sold and cannot touch it.

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM riff_business;

GRANT SELECT ON
    organization, venue, staff_member, staff_grant, raffle, channel_range, package, prize, block, block_sales,
    sold_order,
    order_void, command, significant_event
TO riff_business;

GRANT INSERT ON venue, raffle, raffle_key, channel_range, package, prize, staff_member, staff_grant
TO riff_business;

GRANT UPDATE (last_event_number) ON organization TO riff_business;
GRANT UPDATE (
    name, state, opens_at, closes_at, closed_at, numbering, first_number, rule_profile, profile_snapshot,
    sales_cap_minor, package_revision, prize_revision
) ON raffle TO riff_business;

GRANT UPDATE (name, email, active) ON staff_member TO riff_business;
GRANT DELETE ON staff_grant TO riff_business;
-- Before a raffle is active its ranges are set anew; blocks hold on to the ranges that they were cut from.
GRANT DELETE ON channel_range TO riff_business;

-- Ledgers: insert and select only.
GRANT INSERT (scope, key, digest, status, body, location) ON command TO riff_business;
GRANT INSERT ON significant_event TO riff_business;

-- Sales units are registered, suspended and found here; what logs on to them is handed in and never read.
GRANT SELECT ON sales_unit, unit_enrolment, attended_sale, void_request TO riff_business;
GRANT INSERT ON sales_unit, unit_logon TO riff_business;
GRANT UPDATE (label, operator, state, enrolment_id) ON sales_unit TO riff_business;
GRANT SELECT (unit_id), UPDATE (digest) ON unit_logon TO riff_business;

-- Limits are set with the setup, and counted by those who sell.  Prices are a ledger.
GRANT SELECT ON price_change, allowance TO riff_business;
GRANT INSERT ON price_change TO riff_business;
GRANT INSERT (raffle_id, subject, most) ON allowance TO riff_business;

GRANT SELECT ON sales_opening, ticket_reprint TO riff_business;

-- Draws are planned and committed to here.  The encrypted seeds are handed in and never read.
GRANT SELECT, INSERT ON draw_plan, draw_manifest TO riff_business;
GRANT INSERT ON draw_seed TO riff_business;
GRANT SELECT (raffle_id, draw, attempt, commitment) ON draw_seed TO riff_business;
