-- What outputs are told, in the order in which it was recorded: identifiers of inspections are given before, so their order may differ. Each verdict is
-- entered in the transaction that records it. Deleted as soon as every output that keeps an outbox has passed it; what no output waits for, within seconds.
CREATE TABLE outcome (
  number      INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  inspection  TEXT,
  -- Of a part that was not judged, so that nothing is on record of it: what is sent, as JSON.
  missed      TEXT,
  CHECK ((inspection IS NULL) <> (missed IS NULL))
);

CREATE TRIGGER outcome_of_inspection AFTER INSERT ON inspection BEGIN
  INSERT INTO outcome (inspection) VALUES (NEW.id);
END;

-- How far each output is.
CREATE TABLE output_cursor (
  output  TEXT    NOT NULL PRIMARY KEY,
  -- The number of the outcome that was handed over or given up last.
  told    INTEGER NOT NULL,
  -- Given up since the output was set up.
  lost    INTEGER NOT NULL
) WITHOUT ROWID;
