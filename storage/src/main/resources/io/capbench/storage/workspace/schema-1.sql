-- What people decided, one row an action. Nothing here is ever changed or removed.
CREATE TABLE decision_log (
  id           INTEGER PRIMARY KEY,
  at           INTEGER NOT NULL,  -- milliseconds since 1970-01-01 UTC
  annotator    TEXT    NOT NULL,
  fingerprint  TEXT    NOT NULL CHECK (length(fingerprint) = 64),
  row          INTEGER NOT NULL CHECK (row >= 0),
  shard        TEXT    NOT NULL,  -- the shard's file name at that time
  content_hash TEXT    NOT NULL,
  action       TEXT    NOT NULL,
  verdict      TEXT,
  track        TEXT,
  text         TEXT,
  span_start   INTEGER,
  span_end     INTEGER,
  note         TEXT,
  reference    INTEGER REFERENCES decision_log (id),
  session      TEXT    NOT NULL,
  CHECK ((reference IS NOT NULL) = (action IN ('undo', 'redo'))),
  CHECK ((span_start IS NULL) = (span_end IS NULL))
) STRICT;

CREATE INDEX decision_log_row ON decision_log (fingerprint, row);
CREATE INDEX decision_log_annotator ON decision_log (annotator);
CREATE INDEX decision_log_reference ON decision_log (reference) WHERE reference IS NOT NULL;

CREATE TRIGGER decision_log_never_changes BEFORE UPDATE ON decision_log
BEGIN
  SELECT RAISE(ABORT, 'the decision log is append-only');
END;

CREATE TRIGGER decision_log_never_shrinks BEFORE DELETE ON decision_log
BEGIN
  SELECT RAISE(ABORT, 'the decision log is append-only');
END;

-- INSERT OR REPLACE removes the old row without asking the trigger above.
CREATE TRIGGER decision_log_never_replaced BEFORE INSERT ON decision_log
WHEN NEW.id IN (SELECT id FROM decision_log)
BEGIN
  SELECT RAISE(ABORT, 'the decision log is append-only');
END;

-- What holds now, one row a dataset row: the log folded. Can be rebuilt from it at any time.
CREATE TABLE decision (
  fingerprint     TEXT    NOT NULL,
  row             INTEGER NOT NULL,
  verdict         TEXT,
  preferred_track TEXT,
  edited_track    TEXT,
  edited_text     TEXT,
  annotator       TEXT    NOT NULL,
  at              INTEGER NOT NULL,
  PRIMARY KEY (fingerprint, row)
) STRICT, WITHOUT ROWID;

CREATE INDEX decision_counts ON decision (fingerprint, verdict, edited_track);

CREATE TABLE setting (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE dataset_mapping (
  dataset TEXT PRIMARY KEY,
  mapping TEXT NOT NULL  -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE recent_dataset (
  id    INTEGER PRIMARY KEY AUTOINCREMENT,  -- the highest was opened last
  paths TEXT NOT NULL UNIQUE                -- JSON array
) STRICT;

CREATE TABLE shard (
  fingerprint TEXT PRIMARY KEY,
  path        TEXT    NOT NULL,  -- where it was seen last
  rows        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
