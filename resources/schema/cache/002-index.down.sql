-- SPDX-FileCopyrightText: The GotMusic developers
-- SPDX-License-Identifier: GPL-3.0-or-later

DROP TRIGGER assets_deleted;
DROP TRIGGER assets_inserted;
DROP TABLE facets;
DROP TABLE search;
DROP INDEX assets_asset_id;
DROP INDEX assets_price;
DROP INDEX assets_bpm;
DROP INDEX assets_title;
