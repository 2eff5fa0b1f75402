-- SPDX-FileCopyrightText: The GotMusic developers
-- SPDX-License-Identifier: GPL-3.0-or-later

ALTER TABLE artists ADD COLUMN country TEXT;
CREATE INDEX artists_country ON artists (country);
CREATE TRIGGER artists_stay BEFORE DELETE ON artists BEGIN
  SELECT raise (ABORT, 'artists stay');
END;
