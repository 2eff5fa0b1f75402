-- SPDX-FileCopyrightText: The GotMusic developers
-- SPDX-License-Identifier: GPL-3.0-or-later

DROP TABLE transactions;
