-- SPDX-FileCopyrightText: The GotMusic developers
-- SPDX-License-Identifier: GPL-3.0-or-later

DROP TABLE content_keys;
DROP TABLE proofs;
DROP TABLE documents;
DROP TABLE owned;
DROP TABLE licenses;
DROP TABLE purchases;
