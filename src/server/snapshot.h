/* snapshot.h - all published assets as one gzip file, for first loads.
 *
 * NDJSON: { "epoch", "rev", "count" }, then one asset per line. A file is written once per revision
 * and then only read; whoever loads it goes on from its revision with /api/changes, so one that is
 * a minute old serves as well as a new one.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/database.h"

G_BEGIN_DECLS

/* The path of a file not older than @max_age_s, made in @folder when there is none. */
char *
gm_snapshot_ensure (GmDatabase *database, const char *folder, gint64 max_age_s, GError **error);

G_END_DECLS
