-- SPDX-FileCopyrightText: The GotMusic developers
-- SPDX-License-Identifier: GPL-3.0-or-later

CREATE TABLE artists (id TEXT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE songs (
  id     TEXT PRIMARY KEY,
  artist TEXT NOT NULL REFERENCES artists (id),
  title  TEXT NOT NULL
);
