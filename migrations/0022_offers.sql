-- A seat that comes free may be offered for a set time instead of being given at once.

-- Hours to answer; null: the seat is given at once.
ALTER TABLE editions ADD COLUMN offer_hours INTEGER CHECK (offer_hours BETWEEN 1 AND 336);

-- Who waits and is offered a seat until then; the seat counts as taken. Null: no offer.
ALTER TABLE enrolments ADD COLUMN offered_until TEXT
    CHECK (offered_until IS NULL OR state = 'waiting');
CREATE INDEX enrolments_by_offer ON enrolments (offered_until) WHERE offered_until IS NOT NULL;
