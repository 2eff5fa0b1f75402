-- SPDX-FileCopyrightText: The GotMusic developers
-- SPDX-License-Identifier: GPL-3.0-or-later

CREATE TABLE artists_old (id TEXT PRIMARY KEY, name TEXT NOT NULL, country TEXT);
INSERT INTO artists_old SELECT id, name, country FROM artists;
DROP TABLE artists;
ALTER TABLE artists_old RENAME TO artists;
CREATE INDEX artists_country ON artists (country);
CREATE TRIGGER artists_stay BEFORE DELETE ON artists BEGIN
  SELECT raise (ABORT, 'artists stay');
END;
