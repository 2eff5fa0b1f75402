-- SPDX-FileCopyrightText: The GotMusic developers
-- SPDX-License-Identifier: GPL-3.0-or-later

-- What this wallet signed to move money, written before it is sent.
CREATE TABLE transactions (
  hash       TEXT PRIMARY KEY,
  account    TEXT NOT NULL,
  chain_id   INTEGER NOT NULL,
  nonce      INTEGER NOT NULL,
  raw        BLOB NOT NULL,
  sentence   TEXT NOT NULL,
  recipient  TEXT NOT NULL,
  state      INTEGER NOT NULL,
  cost       TEXT,
  failure    TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);
CREATE INDEX transactions_nonce ON transactions (account, chain_id, nonce);
CREATE INDEX transactions_newest ON transactions (created_at DESC, hash);
