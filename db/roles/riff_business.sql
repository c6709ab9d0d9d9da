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
GRANT UPDATE (state, closed_at, profile_snapshot, package_revision, prize_revision) ON raffle TO riff_business;

GRANT UPDATE (name, email, active) ON staff_member TO riff_business;
GRANT DELETE ON staff_grant TO riff_business;

-- Ledgers: insert and select only.
GRANT INSERT (scope, key, digest, status, body, location) ON command TO riff_business;
GRANT INSERT ON significant_event TO riff_business;
