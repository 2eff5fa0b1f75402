/* search-rank.h - the order of the newest hits by how well they fit what was typed: BM25 over them.
 *
 * All hits contain all words, so rarity says nothing; what counts is where a word stands, whether
 * whole, how often, and how much else stands there.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sql.h"

G_BEGIN_DECLS

/* Reorders @rows in place; equal ones stay newest first. */
gboolean gm_search_rank (GmSql *cache, char **words, gint64 *rows, guint n_rows, GError **error);

G_END_DECLS
