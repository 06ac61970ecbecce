-- Attempts to bring a recipe's model up to date. Times are milliseconds since 1970-01-01 UTC.
CREATE TABLE learning_job (
  id          TEXT    NOT NULL PRIMARY KEY,
  recipe      TEXT    NOT NULL,
  speed       TEXT    NOT NULL,
  asked_by    TEXT    NOT NULL,
  why         TEXT    NOT NULL,
  parent      TEXT    NOT NULL,
  state       TEXT    NOT NULL,
  started_at  INTEGER NOT NULL,
  -- When learning itself was over; a candidate may be on trial long after.
  ended_at    INTEGER,
  -- Starts of the process: more than one where the station was restarted meanwhile.
  starts      INTEGER NOT NULL,
  code        TEXT,
  detail      TEXT,
  candidate   TEXT,
  -- What the gate found and what was learnt from, as JSON.
  findings    TEXT,
  -- The last lines that the training process logged, where it failed.
  log         TEXT
) WITHOUT ROWID;
CREATE INDEX learning_job_recipe ON learning_job (recipe, id);

CREATE TABLE learning_recipe (
  recipe      TEXT    NOT NULL PRIMARY KEY,
  -- From when on its time table counts.
  since       INTEGER NOT NULL,
  -- Null where it is not paused.
  paused_by   TEXT
) WITHOUT ROWID;

-- No statement asks by it.
DROP INDEX review_by_recipe;
