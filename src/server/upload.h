/* upload.h - files on their way in: signed for, received into the spool, taken by a job.
 *
 * A key is "assets/<milliseconds>-<random>-<file name made harmless>"; the file itself is
 * spool/upload-<id>. What nobody takes within a day is deleted.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/service.h"

G_BEGIN_DECLS

#define GM_UPLOAD_MAX_BYTES   (G_GUINT64_CONSTANT (500) * 1024 * 1024)
#define GM_UPLOAD_QUOTA_BYTES (G_GUINT64_CONSTANT (20) << 30) /* of one person, on their way in */
#define GM_UPLOAD_LIFE_MS     (24 * 3600 * G_GINT64_CONSTANT (1000))

typedef struct
{
  char *id;
  char *address; /* who may use it */
  char *asset;   /* (nullable) */
  char *filename;
  char *content_type;
  gint64 bytes;
  char *key;
  char *token_hash;
  char *state; /* signed, received, taken */
  gint64 created_at;
  gint64 expires_at;
} GmUpload;

extern const GmRecordType gm_upload_type;

void gm_upload_free (GmUpload *upload);

gboolean gm_upload_type_is_known (const char *content_type);
const char *const *gm_upload_types (void);

/* What an address has signed for or sent and no job took, @bytes. */
gboolean gm_upload_pending (GmService *service, const char *address, gint64 *bytes, GError **error);
/* @token: 64 hex digits that go into the address to PUT to. */
GmUpload *gm_upload_sign (GmService *service, GmUpload *take, char **token, GError **error);

/* Moves the received file into place; its size must be the signed one. */
GmUpload *gm_upload_receive (GmService *service,
                             const char *token,
                             const char *address,
                             const char *body_path,
                             GError **error);
GmUpload *gm_upload_find (GmSql *sql, const char *key, const char *address, GError **error);
gboolean
gm_upload_take (GmWriter *writer, const GmUpload *upload, const char *asset, GError **error);

char *gm_upload_dup_path (GmService *service, const char *id);
/* Removes rows and files that nobody took in time. */
gboolean gm_upload_sweep (GmService *service, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmUpload, gm_upload_free)

G_END_DECLS
