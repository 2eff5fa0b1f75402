-- SPDX-FileCopyrightText: The GotMusic developers
-- SPDX-License-Identifier: GPL-3.0-or-later

DROP TABLE licenses;
DROP TABLE orders;
DROP TABLE jobs;
DROP TABLE uploads;
DROP TABLE idempotency;
DROP TABLE sessions;
DROP TABLE nonces;
DROP TABLE roles;
DROP TABLE asset_audit;
DROP TABLE asset_files;
DROP TABLE assets;
DROP TABLE settings;
DROP TABLE feed;
