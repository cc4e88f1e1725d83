-- Who merged captions: a model, its prompt and how it was decoded.
CREATE TABLE fuser (
  id            INTEGER PRIMARY KEY,
  model_sha256  TEXT NOT NULL,
  prompt_sha256 TEXT NOT NULL,
  dtype         TEXT NOT NULL,
  decoding      TEXT NOT NULL,
  label         TEXT NOT NULL UNIQUE COLLATE NOCASE,  -- settled when it first fuses
  UNIQUE (model_sha256, prompt_sha256, dtype, decoding)
) STRICT;

-- What was merged: two columns of captions in one shard.
CREATE TABLE fusion_series (
  id               INTEGER PRIMARY KEY,
  fuser            INTEGER NOT NULL REFERENCES fuser (id),
  fingerprint      TEXT    NOT NULL,
  raw_column       TEXT    NOT NULL,
  synthetic_column TEXT    NOT NULL,
  UNIQUE (fingerprint, fuser, raw_column, synthetic_column)
) STRICT;

CREATE TABLE fusion (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,  -- what is written later has a higher one
  series       INTEGER NOT NULL REFERENCES fusion_series (id),
  row          INTEGER NOT NULL,
  parents_hash BLOB    NOT NULL,  -- 16 bytes, of both captions
  text         TEXT,              -- NULL where there is a reason
  score        REAL,
  finish       TEXT,
  flags        TEXT    NOT NULL,  -- ids of detectors with a space between two
  reason       TEXT,
  UNIQUE (series, row),
  CHECK ((text IS NULL) = (reason IS NOT NULL))
) STRICT;

CREATE INDEX fusion_written ON fusion (series, id);

-- Finds what was made of the same captions in a shard that was written anew.
CREATE INDEX fusion_content ON fusion (parents_hash) WHERE text IS NOT NULL;
