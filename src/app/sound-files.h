/* sound-files.h - which files of a folder are worth sending to a store.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define GM_SOUND_FILES_MOST  500 /* of one drop */
#define GM_SOUND_FILES_DEPTH 8   /* folders in folders */

/* @path itself when it is a file, whatever it is called; else what a folder holds by its names, in
 * order, links not followed. Owned paths. */
GPtrArray *gm_sound_files_find (const char *path);

G_END_DECLS
