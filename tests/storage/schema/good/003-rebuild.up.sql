-- SPDX-FileCopyrightText: The GotMusic developers
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Rebuilds the table songs refer to, which works only while references are not enforced.
CREATE TABLE artists_new (
  id      TEXT PRIMARY KEY,
  name    TEXT NOT NULL CHECK (name <> ''),
  country TEXT
);
INSERT INTO artists_new SELECT id, name, country FROM artists;
DROP TABLE artists;
ALTER TABLE artists_new RENAME TO artists;
CREATE INDEX artists_country ON artists (country);
