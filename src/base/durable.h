/* durable.h - a file that appears whole or not at all: temp file, fsync, rename, fsync of its
 * folder.
 *
 * The temp file is ".part-XXXXXX" beside the target, 0600, and is gone when freed uncommitted. Only
 * a killed process leaves one; gm_durable_sweep() removes those older than a day.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _GmDurable GmDurable;

GmDurable *gm_durable_begin (const char *path, GError **error);
gboolean gm_durable_write (GmDurable *self, const void *data, gsize length, GError **error);
GBytes *gm_durable_read_back (GmDurable *self, GError **error);   /* what was written, synced */
gboolean gm_durable_commit (GmDurable *self, GError **error);     /* replaces what is there */
gboolean gm_durable_commit_new (GmDurable *self, GError **error); /* CONFLICT when there is one */
void gm_durable_free (GmDurable *self);

void gm_durable_sweep (const char *folder);

/* Makes a rename or unlink in the folder of @path last. */
gboolean gm_durable_sync_folder (const char *path, GError **error);

/* Turns @number of a failed system call into our error: a full disk, a missing file and a refused
 * one each say so. @what names the file and the deed: "write “song.gma1”". */
void gm_durable_set_errno (GError **error, int number, const char *what, const char *path);

/* A regular file of at most @max_bytes; BAD_DATA when it is longer, before any of it is read. */
GBytes *gm_durable_read (const char *path, gsize max_bytes, GError **error);

/* Reads exactly @length bytes at @offset; BAD_DATA when the file ends before. */
gboolean gm_durable_read_at (int file,
                             guint64 offset,
                             void *into,
                             gsize length,
                             const char *path,
                             GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmDurable, gm_durable_free)

G_END_DECLS
