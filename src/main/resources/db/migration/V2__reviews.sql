-- What people say of parts that were judged; the last word on each. Times are milliseconds since 1970-01-01 UTC.
CREATE TABLE review (
  inspection       TEXT    NOT NULL PRIMARY KEY,
  recipe           TEXT    NOT NULL,
  truth            TEXT    NOT NULL CHECK (truth IN ('GOOD', 'BAD')),
  said_by          TEXT    NOT NULL,
  said_at          INTEGER NOT NULL,
  -- Standing among the normals before, to return to where the word is taken back: null where it was none.
  standing_before  TEXT
) WITHOUT ROWID;

CREATE INDEX review_by_recipe ON review (recipe, said_at);
