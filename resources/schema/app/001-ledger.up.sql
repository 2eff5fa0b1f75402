-- SPDX-FileCopyrightText: The GotMusic developers
-- SPDX-License-Identifier: GPL-3.0-or-later

-- ledger.db: what money bought. Never dropped, backed up before migration.

CREATE TABLE purchases (
  id            TEXT PRIMARY KEY,
  store         TEXT NOT NULL,
  asset_id      TEXT NOT NULL,
  asset         TEXT NOT NULL,
  title         TEXT NOT NULL,
  artist        TEXT NOT NULL,
  artwork       TEXT,
  duration_ms   INTEGER NOT NULL,
  buyer         TEXT NOT NULL,
  provider      TEXT NOT NULL,
  amount_units  INTEGER NOT NULL CHECK (amount_units >= 0),
  currency      TEXT NOT NULL,
  quoted_until  INTEGER NOT NULL,
  state         INTEGER NOT NULL,
  delivery      INTEGER NOT NULL,
  live          INTEGER NOT NULL,
  manifest_hash TEXT,
  envelope_hash TEXT,
  order_id      TEXT UNIQUE,
  order_json    TEXT,
  delegate_json TEXT,
  session_box   BLOB,
  failure       TEXT,
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL
);
-- One attempt at a time: a second window, a double click and a retry find the first.
CREATE UNIQUE INDEX purchases_live ON purchases (store, asset_id, buyer) WHERE live = 1;

CREATE TABLE licenses (
  order_id      TEXT PRIMARY KEY,
  uid           TEXT NOT NULL UNIQUE,
  asset_id      TEXT NOT NULL,
  asset         TEXT NOT NULL,
  asset_version INTEGER NOT NULL,
  buyer         TEXT NOT NULL,
  seller        TEXT NOT NULL,
  manifest_hash TEXT NOT NULL,
  license_hash  TEXT NOT NULL,
  kind          TEXT NOT NULL,
  amount_units  INTEGER NOT NULL,
  currency      TEXT NOT NULL,
  issued_at     INTEGER NOT NULL,
  revoked_at    INTEGER,
  attestation   TEXT NOT NULL
);
CREATE INDEX licenses_asset ON licenses (asset_id);

CREATE TABLE owned (
  order_id     TEXT PRIMARY KEY REFERENCES licenses (order_id),
  store        TEXT NOT NULL,
  asset        TEXT NOT NULL,
  asset_id     TEXT NOT NULL,
  title        TEXT NOT NULL,
  artist       TEXT NOT NULL,
  artwork      TEXT,
  mime         TEXT NOT NULL,
  master_cid   TEXT NOT NULL,
  master_bytes INTEGER NOT NULL,
  duration_ms  INTEGER NOT NULL,
  ready        INTEGER NOT NULL,
  bought_at    INTEGER NOT NULL
);
CREATE INDEX owned_asset ON owned (asset_id);
CREATE INDEX owned_newest ON owned (bought_at DESC, order_id);

-- Manifests and key envelopes, named by the SHA-256 of their bytes.
CREATE TABLE documents (
  hash    TEXT PRIMARY KEY,
  content BLOB NOT NULL
);

-- The holders' signed answers: what proves the license when nobody else is left to ask.
CREATE TABLE proofs (
  order_id  TEXT NOT NULL,
  holder_id TEXT NOT NULL,
  answer    TEXT NOT NULL,
  PRIMARY KEY (order_id, holder_id)
);

-- Content keys, sealed to the library key.
CREATE TABLE content_keys (
  master_cid TEXT PRIMARY KEY,
  box        BLOB NOT NULL
);
