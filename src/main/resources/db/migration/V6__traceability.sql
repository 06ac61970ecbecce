-- Which station judged a part, by which station document, and what ran the encoder. Records from before have an empty station and nulls.
ALTER TABLE inspection ADD COLUMN station TEXT NOT NULL DEFAULT '';
ALTER TABLE inspection ADD COLUMN document TEXT;
ALTER TABLE inspection ADD COLUMN engine TEXT;

-- What became of the image by policy. HELD: a person or a trial needs it, so policy passes it over. RELEASED: policy let it go.
ALTER TABLE inspection ADD COLUMN evidence_fate TEXT CHECK (evidence_fate IN ('HELD', 'RELEASED'));

-- How far the policy on images was carried out, and which policy that was; one row.
CREATE TABLE evidence_sweep (
  one       INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  policy    TEXT    NOT NULL,
  swept_to  TEXT    NOT NULL
);

-- Searches: io.kerf.inspection.store.SearchPlan says which takes which.
CREATE INDEX inspection_by_part ON inspection (part_id, id) WHERE part_id IS NOT NULL;
CREATE INDEX inspection_by_lot ON inspection (lot, id) WHERE lot IS NOT NULL;
CREATE INDEX inspection_by_p_value ON inspection (p_value, id) WHERE p_value <= 0.02;
DROP INDEX inspection_by_capture;
CREATE INDEX inspection_by_capture ON inspection (captured_at, id, verdict);
