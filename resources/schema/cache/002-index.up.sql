-- SPDX-FileCopyrightText: The GotMusic developers
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Everything that can be made from assets again. A first load goes without and makes it at the end.

CREATE INDEX assets_title ON assets (title_key, pos);
CREATE INDEX assets_bpm ON assets (bpm, pos);
CREATE INDEX assets_price ON assets (price_units, pos);
CREATE INDEX assets_asset_id ON assets (asset_id);

-- Columns are folded already, so ASCII separators are all a tokenizer has to know.
CREATE VIRTUAL TABLE search USING fts5 (
  title_key, artist_key, words, attrs,
  content = 'assets', content_rowid = 'pos',
  tokenize = 'ascii', detail = 'column', prefix = '1 2 3'
);
INSERT INTO search (search) VALUES ('rebuild');

CREATE TABLE facets (
  kind  TEXT NOT NULL,
  value TEXT NOT NULL,
  n     INTEGER NOT NULL,
  PRIMARY KEY (kind, value)
) WITHOUT ROWID;
INSERT INTO facets SELECT 'type', type, count(*) FROM assets GROUP BY type;
INSERT INTO facets SELECT 'genre', genre, count(*) FROM assets WHERE genre IS NOT NULL GROUP BY genre;
INSERT INTO facets SELECT 'mood', mood, count(*) FROM assets WHERE mood IS NOT NULL GROUP BY mood;
INSERT INTO facets SELECT 'key', camelot, count(*) FROM assets WHERE camelot IS NOT NULL GROUP BY camelot;

-- Rows are never updated: a change is a delete and an insert. The full-text index is kept by
-- catalog-db.c: a schema that is not trusted may not write virtual tables from triggers.
CREATE TRIGGER assets_inserted AFTER INSERT ON assets
BEGIN
  INSERT INTO facets VALUES ('type', new.type, 1) ON CONFLICT DO UPDATE SET n = n + 1;
  INSERT INTO facets SELECT 'genre', new.genre, 1 WHERE new.genre IS NOT NULL
    ON CONFLICT DO UPDATE SET n = n + 1;
  INSERT INTO facets SELECT 'mood', new.mood, 1 WHERE new.mood IS NOT NULL
    ON CONFLICT DO UPDATE SET n = n + 1;
  INSERT INTO facets SELECT 'key', new.camelot, 1 WHERE new.camelot IS NOT NULL
    ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER assets_deleted AFTER DELETE ON assets
BEGIN
  UPDATE facets SET n = n - 1 WHERE kind = 'type' AND value = old.type;
  UPDATE facets SET n = n - 1 WHERE kind = 'genre' AND value = old.genre;
  UPDATE facets SET n = n - 1 WHERE kind = 'mood' AND value = old.mood;
  UPDATE facets SET n = n - 1 WHERE kind = 'key' AND value = old.camelot;
END;
