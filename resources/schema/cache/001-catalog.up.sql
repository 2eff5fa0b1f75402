-- SPDX-FileCopyrightText: The GotMusic developers
-- SPDX-License-Identifier: GPL-3.0-or-later

-- cache-<store>.db: the store's published assets. Disposable: fetched again when it is bad.

CREATE TABLE assets (
  pos            INTEGER PRIMARY KEY, -- place in newest-first order: small is new
  id             TEXT NOT NULL UNIQUE,
  title          TEXT NOT NULL,
  artist         TEXT NOT NULL,
  type           TEXT NOT NULL,
  status         TEXT NOT NULL,
  genre          TEXT,
  mood           TEXT,
  tags           TEXT,
  description    TEXT,
  bpm            INTEGER NOT NULL,
  key_sig        TEXT,
  duration_ms    INTEGER NOT NULL,
  format         TEXT,
  price_units    INTEGER NOT NULL,
  price_currency TEXT NOT NULL,
  is_new         INTEGER NOT NULL,
  is_featured    INTEGER NOT NULL,
  is_exclusive   INTEGER NOT NULL,
  loudness_clufs INTEGER NOT NULL,
  preview_start_ms INTEGER NOT NULL,
  preview        TEXT,
  artwork        TEXT,
  artwork_large  TEXT,
  waveform       TEXT,
  peaks          BLOB,
  asset_id       TEXT,
  seller         TEXT,
  manifest_hash  TEXT,
  envelope_hash  TEXT,
  license_hash   TEXT,
  error          TEXT,
  version        INTEGER NOT NULL,
  rev            INTEGER NOT NULL,
  created_at     INTEGER NOT NULL,
  updated_at     INTEGER NOT NULL,
  -- made here, by search-words.h:
  title_key      TEXT NOT NULL, -- folded words
  artist_key     TEXT NOT NULL,
  words          TEXT NOT NULL, -- of tags, genre, mood and type
  attrs          TEXT NOT NULL, -- one token per filter that fits
  camelot        TEXT
);

-- What the store's change feed has been read up to. No row: nothing yet.
CREATE TABLE state (
  one   INTEGER PRIMARY KEY CHECK (one = 1),
  epoch TEXT NOT NULL,
  rev   INTEGER NOT NULL
);
