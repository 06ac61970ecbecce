-- Who changed what; each entry's hash covers its content and the hash of the entry before (io.kerf.audit.AuditEntry says how).
-- Numbers are 1, 2, 3 … without a gap. Times are milliseconds since 1970-01-01 UTC. What is not there is an empty text.
CREATE TABLE audit (
  number           INTEGER NOT NULL PRIMARY KEY,
  changed_at       INTEGER NOT NULL,
  changed_by       TEXT    NOT NULL,
  action           TEXT    NOT NULL,
  recipe           TEXT    NOT NULL,
  subject          TEXT    NOT NULL,
  detail           TEXT    NOT NULL,
  previous         TEXT    NOT NULL,
  hash             TEXT    NOT NULL
);

CREATE INDEX audit_by_recipe ON audit (recipe);

-- Against mistakes; whoever means harm can drop them, and the chain shows what they did.
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'entries of the audit trail are never changed'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'entries of the audit trail are never deleted'); END;
