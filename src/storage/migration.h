/* migration.h - numbered schema steps, up and down, from our GResource.
 *
 * Files NNN-name.up.sql and NNN-name.down.sql under a resource folder ("/app/gotmusic/GotMusic/
 * schema/server"); one transaction each; the version is remembered in the database. A database
 * newer than the program is refused with CONFLICT and left alone; before migrating a file that has
 * data, a copy is made beside it (path.before-NNN, the version it goes to) and put back when a step
 * fails. References are not enforced during a step, so it may rebuild tables, and are checked
 * before its commit. A CACHE that is newer, or whose step fails, is emptied and made anew without a
 * copy.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sql.h"

G_BEGIN_DECLS

gboolean gm_migration_run (GmSql *sql, const char *folder, GError **error);
gboolean gm_migration_run_to (GmSql *sql, const char *folder, guint version, GError **error);
guint gm_migration_newest (const char *folder);
gboolean gm_migration_version (GmSql *sql, guint *version, GError **error);
/* Is FALSE, with the one sentence for a database newer than the program. */
gboolean gm_migration_refuse_newer (guint version, guint newest, GError **error);

G_END_DECLS
