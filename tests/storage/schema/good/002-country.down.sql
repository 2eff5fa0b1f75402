-- SPDX-FileCopyrightText: The GotMusic developers
-- SPDX-License-Identifier: GPL-3.0-or-later

DROP TRIGGER artists_stay;
DROP INDEX artists_country;
ALTER TABLE artists DROP COLUMN country;
