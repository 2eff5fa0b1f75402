/* blob.h - the object store: immutable things by name, in a directory (S3 and R2 come beside it).
 *
 * A name is "<kind>/<sha256>.<ext>" or "ipfs/<cid>": letters, digits, one slash, dots inside only;
 * anything else is BAD_DATA before it touches the disk. Put writes a temp file, syncs it, renames
 * it and syncs the folder, so a name is either absent or whole.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _GmBlob GmBlob;

GmBlob *gm_blob_open_directory (const char *path, GError **error);
void gm_blob_free (GmBlob *self);

gboolean gm_blob_put_bytes (GmBlob *self, const char *name, GBytes *content, GError **error);
/* Moves or copies the file in; a name that exists already is success. */
gboolean gm_blob_put_file (GmBlob *self, const char *name, const char *path, GError **error);
GBytes *gm_blob_get (GmBlob *self, const char *name, gsize max_bytes, GError **error);
/* (nullable) A local file that holds exactly this object, when the driver has one. */
char *gm_blob_dup_path (GmBlob *self, const char *name);
gboolean gm_blob_has (GmBlob *self, const char *name);
gboolean gm_blob_delete (GmBlob *self, const char *name, GError **error);

/* "<kind>/<sha256 of content>.<ext>" */
char *gm_blob_name_for (const char *kind, GBytes *content, const char *extension);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmBlob, gm_blob_free)

G_END_DECLS
