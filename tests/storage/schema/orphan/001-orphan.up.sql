-- SPDX-FileCopyrightText: The GotMusic developers
-- SPDX-License-Identifier: GPL-3.0-or-later

CREATE TABLE a (id INTEGER PRIMARY KEY);
CREATE TABLE b (a INTEGER NOT NULL REFERENCES a (id));
INSERT INTO b VALUES (7);
