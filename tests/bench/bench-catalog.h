/* bench-catalog.h - a catalog of any length; everything follows from the row's number.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "catalog/catalog-db.h"

#define BENCH_N_WORDS 30
extern const char *const bench_words[BENCH_N_WORDS]; /* of titles */

guint64 bench_hash (guint64 x);

/* Replaces what there is by @n rows. */
gboolean bench_catalog_fill (GmSql *sql, guint n, GError **error);
