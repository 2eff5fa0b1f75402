-- SPDX-FileCopyrightText: The GotMusic developers
-- SPDX-License-Identifier: GPL-3.0-or-later

-- One row: every visible change takes the next revision here, last, in its own transaction.
CREATE TABLE feed (
  one     INTEGER PRIMARY KEY DEFAULT 1 CHECK (one = 1),
  epoch   TEXT NOT NULL,
  rev     INTEGER NOT NULL CHECK (rev >= 0),
  horizon INTEGER NOT NULL DEFAULT 0, -- revisions up to here are pruned
  head    BLOB NOT NULL               -- hash of the newest audit row
);

CREATE TABLE settings (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE assets (
  id             TEXT PRIMARY KEY,
  title          TEXT NOT NULL,
  artist         TEXT NOT NULL,
  type           TEXT NOT NULL,
  status         TEXT NOT NULL
    CHECK (status IN ('draft', 'processing', 'ready', 'published', 'archived', 'error')),
  genre          TEXT,
  mood           TEXT,
  tags           TEXT,
  description    TEXT,
  bpm            INTEGER,
  key_sig        TEXT,
  duration_ms    INTEGER,
  format         TEXT,
  price_units    INTEGER NOT NULL DEFAULT 0 CHECK (price_units >= 0),
  price_currency TEXT NOT NULL,
  is_new         INTEGER NOT NULL DEFAULT 0,
  is_featured    INTEGER NOT NULL DEFAULT 0,
  is_exclusive   INTEGER NOT NULL DEFAULT 0,
  loudness_clufs INTEGER,
  preview_start_ms INTEGER,
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
  rev            INTEGER NOT NULL UNIQUE,
  created_at     INTEGER NOT NULL,
  updated_at     INTEGER NOT NULL,
  -- only here, not in the record:
  asset_salt     TEXT,
  source_hash    TEXT,                        -- SHA-256 of the imported file
  title_key      TEXT NOT NULL DEFAULT '',    -- title, case folded: sorting
  search_text    TEXT NOT NULL DEFAULT ''     -- title, artist, genre, tags, case folded
);
CREATE INDEX assets_newest ON assets (status, created_at DESC, id DESC);
CREATE INDEX assets_title ON assets (status, title_key, id);
CREATE INDEX assets_bpm ON assets (status, bpm, id);
CREATE INDEX assets_price ON assets (status, price_units, id);
CREATE INDEX assets_seller ON assets (seller);
CREATE UNIQUE INDEX assets_asset_id ON assets (asset_id) WHERE asset_id IS NOT NULL;
CREATE UNIQUE INDEX assets_source ON assets (source_hash) WHERE source_hash IS NOT NULL;

-- A new master has a new manifest: who bought an older one keeps its files.
CREATE TABLE asset_files (
  id            TEXT PRIMARY KEY,
  asset         TEXT NOT NULL REFERENCES assets (id),
  manifest_hash TEXT NOT NULL,
  kind          TEXT NOT NULL CHECK (kind IN
    ('original', 'manifest', 'envelope', 'preview', 'artwork', 'artwork-large', 'waveform')),
  storage_key   TEXT NOT NULL,
  cid           TEXT,
  bytes         INTEGER,
  mime          TEXT,
  checksum      TEXT,
  created_at    INTEGER NOT NULL,
  UNIQUE (asset, manifest_hash, kind)
);

-- Append-only, and each row's hash covers the one before it.
CREATE TABLE asset_audit (
  rev            INTEGER PRIMARY KEY,
  id             TEXT NOT NULL UNIQUE,
  asset          TEXT NOT NULL REFERENCES assets (id),
  operation      TEXT NOT NULL CHECK (operation IN ('create', 'update', 'delete', 'status_change')),
  actor          TEXT NOT NULL,
  before         TEXT,
  after          TEXT,
  changed_fields TEXT NOT NULL,
  created_at     INTEGER NOT NULL,
  prev_hash      BLOB NOT NULL,
  hash           BLOB NOT NULL UNIQUE
);
CREATE INDEX asset_audit_asset ON asset_audit (asset, rev DESC);

CREATE TRIGGER asset_audit_no_update BEFORE UPDATE ON asset_audit
BEGIN
  SELECT RAISE (ABORT, 'the audit is append-only');
END;
CREATE TRIGGER asset_audit_no_delete BEFORE DELETE ON asset_audit
BEGIN
  SELECT RAISE (ABORT, 'the audit is append-only');
END;

CREATE TABLE roles (
  address    TEXT NOT NULL,
  role       TEXT NOT NULL CHECK (role IN ('producer', 'admin', 'auditor')),
  granted_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (address, role)
);

CREATE TABLE nonces (
  nonce      TEXT PRIMARY KEY,
  expires_at INTEGER NOT NULL
);

CREATE TABLE sessions (
  token_hash TEXT PRIMARY KEY,   -- SHA-256; the token itself is never stored
  address    TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE idempotency (
  principal    TEXT NOT NULL,
  method       TEXT NOT NULL,
  path         TEXT NOT NULL,
  key          TEXT NOT NULL,
  body_hash    TEXT NOT NULL,
  status       INTEGER NOT NULL,
  content_type TEXT,
  etag         TEXT,
  body         BLOB,
  created_at   INTEGER NOT NULL,
  PRIMARY KEY (principal, method, path, key)
);
CREATE INDEX idempotency_age ON idempotency (created_at);

CREATE TABLE uploads (
  id           TEXT PRIMARY KEY,
  address      TEXT NOT NULL,
  asset        TEXT REFERENCES assets (id),
  filename     TEXT NOT NULL,
  content_type TEXT NOT NULL,
  bytes        INTEGER NOT NULL,
  key          TEXT NOT NULL UNIQUE,
  token_hash   TEXT NOT NULL UNIQUE,
  state        TEXT NOT NULL CHECK (state IN ('signed', 'received', 'taken')),
  created_at   INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL
);

CREATE TABLE jobs (
  id          TEXT PRIMARY KEY,
  kind        TEXT NOT NULL,
  asset       TEXT REFERENCES assets (id),
  input       TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  step        TEXT,
  permille    INTEGER NOT NULL DEFAULT 0,
  error       TEXT,
  attempts    INTEGER NOT NULL DEFAULT 0,
  lease       INTEGER NOT NULL DEFAULT 0, -- fencing: who claimed later has the higher one
  lease_until INTEGER NOT NULL DEFAULT 0,
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL
);
CREATE INDEX jobs_queue ON jobs (state, created_at);
CREATE INDEX jobs_asset ON jobs (asset, created_at);

CREATE TABLE orders (
  id              TEXT PRIMARY KEY, -- the hash of all terms
  chain_id        TEXT NOT NULL,
  marketplace     TEXT NOT NULL,
  listing_id      TEXT NOT NULL,
  listing_version INTEGER NOT NULL,
  asset_id        TEXT NOT NULL,
  buyer           TEXT NOT NULL,
  payer           TEXT NOT NULL,
  token           TEXT NOT NULL,
  amount_units    INTEGER NOT NULL CHECK (amount_units >= 0),
  currency        TEXT NOT NULL,
  manifest_hash   TEXT NOT NULL,
  license_hash    TEXT NOT NULL,
  salt            TEXT NOT NULL,
  signature       TEXT NOT NULL,
  asset           TEXT NOT NULL REFERENCES assets (id),
  status          TEXT NOT NULL CHECK (status IN
    ('open', 'paid', 'licensed', 'failed', 'expired', 'refunded')),
  provider        TEXT,
  failure         TEXT,
  license_uid     TEXT,
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL
);
CREATE INDEX orders_buyer ON orders (buyer, created_at);
CREATE INDEX orders_status ON orders (status);

CREATE TABLE licenses (
  order_id      TEXT PRIMARY KEY REFERENCES orders (id), -- one license per order
  uid           TEXT NOT NULL UNIQUE,
  asset_id      TEXT NOT NULL,
  asset         TEXT NOT NULL REFERENCES assets (id),
  asset_version INTEGER NOT NULL,
  buyer         TEXT NOT NULL,
  seller        TEXT NOT NULL,
  manifest_hash TEXT NOT NULL,
  license_hash  TEXT NOT NULL,
  kind          TEXT NOT NULL,
  amount_units  INTEGER NOT NULL,
  currency      TEXT NOT NULL,
  issued_at     INTEGER NOT NULL,
  revoked_at    INTEGER NOT NULL DEFAULT 0,
  attestation   TEXT NOT NULL
);
CREATE INDEX licenses_buyer ON licenses (buyer, issued_at);
CREATE INDEX licenses_asset ON licenses (asset, buyer);
