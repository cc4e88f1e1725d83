-- Tags of rows and spans of captions: kept by the log as it is, shown by the view.
ALTER TABLE decision ADD COLUMN tags TEXT;   -- JSON array of texts, NULL if empty
ALTER TABLE decision ADD COLUMN spans TEXT;  -- JSON array of {track, start, end, type, annotator}, NULL if empty

CREATE INDEX decision_tags ON decision (tags) WHERE tags IS NOT NULL;

-- A row that is only tagged is not decided, so counting needs all three answers.
DROP INDEX decision_counts;
CREATE INDEX decision_counts ON decision (fingerprint, verdict, edited_track, preferred_track);
