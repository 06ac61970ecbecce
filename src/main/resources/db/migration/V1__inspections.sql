-- Identifiers grow with time (UUIDv7), so the order of identifiers is the order of judgement.
-- Times are milliseconds since 1970-01-01 UTC.
CREATE TABLE inspection (
  id               TEXT    NOT NULL PRIMARY KEY,
  captured_at      INTEGER NOT NULL,
  recipe           TEXT    NOT NULL,
  part_id          TEXT,
  lot              TEXT,
  source           TEXT    NOT NULL,
  verdict          TEXT    NOT NULL CHECK (verdict IN ('OK', 'NG', 'UNJUDGED')),
  bundle           TEXT,
  score            REAL,
  p_value          REAL,
  threshold        REAL,
  reason_code      TEXT,
  reason_message   TEXT,
  decode_millis    REAL    NOT NULL,
  encode_millis    REAL    NOT NULL,
  score_millis     REAL    NOT NULL,
  heat_map_millis  REAL    NOT NULL,
  record_millis    REAL    NOT NULL,
  total_millis     REAL    NOT NULL,
  -- Evidence: null where the image could not be kept, or where there is no heat map.
  image_type       TEXT,
  image_bytes      INTEGER,
  heat_map_bytes   INTEGER,
  CHECK ((verdict = 'UNJUDGED') = (reason_code IS NOT NULL)),
  CHECK ((verdict = 'UNJUDGED') = (bundle IS NULL))
) WITHOUT ROWID;

CREATE INDEX inspection_by_recipe ON inspection (recipe, id);
CREATE INDEX inspection_by_verdict ON inspection (verdict, id);
CREATE INDEX inspection_by_capture ON inspection (captured_at, verdict);
