-- SPDX-FileCopyrightText: The GotMusic developers
-- SPDX-License-Identifier: GPL-3.0-or-later

CREATE TABLE extra (id TEXT PRIMARY KEY);
DELETE FROM songs;
INSERT INTO nowhere VALUES (1);
