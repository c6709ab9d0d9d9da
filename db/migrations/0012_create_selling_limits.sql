-- Stock, caps, purchase limits, price changes and suspension: what a sale must not exceed.

-- Snapshots of rule profiles name a ladder of draw modes instead of one.
UPDATE raffle
SET profile_snapshot = profile_snapshot - 'draw_mode'
    || jsonb_build_object('draw_modes', jsonb_build_array(profile_snapshot -> 'draw_mode'))
WHERE profile_snapshot ? 'draw_mode';

-- The most that valid orders may come to.
ALTER TABLE raffle ADD COLUMN sales_cap_minor bigint CHECK (sales_cap_minor >= 1);

-- How often a package may be sold.
ALTER TABLE package ADD COLUMN stock integer CHECK (stock BETWEEN 1 AND 1000000000);

-- Prices that were changed after a raffle's activation.  The price that a package was set at stands in its row.
CREATE TABLE price_change (
    raffle_id     uuid        NOT NULL REFERENCES raffle,
    package_id    uuid        NOT NULL,
    in_force_from timestamptz NOT NULL,
    price_minor   bigint      NOT NULL CHECK (price_minor BETWEEN 1 AND 10000000),
    changed_by    label       NOT NULL,
    PRIMARY KEY (raffle_id, package_id, in_force_from)
);

-- What is counted because there is a limit to it, and nothing else: sales that no limit concerns touch no row here.
-- The subject is a package, whose sales are counted against its stock, or the raffle itself, whose valid money is
-- counted against its cap.
CREATE TABLE allowance (
    raffle_id uuid   NOT NULL REFERENCES raffle,
    subject   uuid   NOT NULL,
    most      bigint NOT NULL CHECK (most >= 1),
    taken     bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (raffle_id, subject),
    CONSTRAINT allowance_kept CHECK (taken BETWEEN 0 AND most)
)
-- The only index holds nothing that a sale changes, and a page has room for many versions of its few rows (HOT).
WITH (fillfactor = 10);

-- An order that will get no numbers may not go on holding what it had reserved.
ALTER TABLE checkout ADD COLUMN reserved boolean NOT NULL DEFAULT false;
ALTER TABLE checkout ADD CONSTRAINT checkout_reservation CHECK (NOT reserved OR state NOT IN ('failed', 'expired'));

-- Who buys, where the raffle's rules limit what one buyer may buy.
ALTER TABLE checkout ADD COLUMN buyer_key bytea CHECK (octet_length(buyer_key) = 32);
CREATE INDEX checkout_of_buyer ON checkout (raffle_id, buyer_key, opened_at) WHERE buyer_key IS NOT NULL;

-- Closed by a suspension, and opened again when the raffle resumes.
ALTER TABLE block_sales ADD COLUMN paused boolean NOT NULL DEFAULT false;

CREATE INDEX raffle_cancelled ON raffle (id) WHERE state = 'cancelled';
