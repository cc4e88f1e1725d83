-- What models gave. Nothing here was written by a person; all of it can be computed again.
CREATE TABLE model_result (
  id           INTEGER PRIMARY KEY,
  fingerprint  TEXT    NOT NULL,
  row          INTEGER NOT NULL,
  caption_hash TEXT    NOT NULL,
  model_hash   TEXT    NOT NULL,
  method       TEXT    NOT NULL,
  used         INTEGER NOT NULL,  -- the highest was used last
  bytes        INTEGER NOT NULL,  -- length of the content
  content      BLOB    NOT NULL,
  UNIQUE (fingerprint, row, caption_hash, model_hash, method)
) STRICT;

CREATE INDEX model_result_used ON model_result (used, bytes);

-- The models that rows were scored with.
CREATE TABLE score_model (
  id     INTEGER PRIMARY KEY,
  sha256 TEXT    NOT NULL UNIQUE,
  label  TEXT    NOT NULL UNIQUE COLLATE NOCASE,  -- settled when it first scores
  used   INTEGER NOT NULL                         -- the highest scored last
) STRICT;

-- What was compared with what: one column of captions and one of images in one shard.
CREATE TABLE score_series (
  id             INTEGER PRIMARY KEY,
  model          INTEGER NOT NULL REFERENCES score_model (id),
  fingerprint    TEXT    NOT NULL,
  caption_column TEXT    NOT NULL,
  image_column   TEXT    NOT NULL,
  UNIQUE (fingerprint, model, caption_column, image_column)
) STRICT;

CREATE TABLE score (
  series       INTEGER NOT NULL REFERENCES score_series (id),
  row          INTEGER NOT NULL,
  caption_hash BLOB    NOT NULL,  -- 16 bytes
  image_hash   BLOB,              -- 16 bytes, NULL if the image could not be read
  similarity   REAL,              -- cosine, NULL where there is a reason
  reason       TEXT,
  PRIMARY KEY (series, row),
  CHECK ((similarity IS NULL) = (reason IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- Finds the score of the same caption and image in a shard that was written anew.
CREATE INDEX score_content ON score (caption_hash, image_hash) WHERE similarity IS NOT NULL;
