/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/upload.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/hex.h"
#include "base/ulid.h"
#include "publish/pipeline.h"

static const GmField fields[] = {
  GM_FIELD (GmUpload, id, "id", TEXT, 0),
  GM_FIELD (GmUpload, address, "address", TEXT, 0),
  GM_FIELD (GmUpload, asset, "assetId", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmUpload, filename, "filename", TEXT, 0),
  GM_FIELD (GmUpload, content_type, "contentType", TEXT, 0),
  GM_FIELD (GmUpload, bytes, "fileSize", INT, 0),
  GM_FIELD (GmUpload, key, "key", TEXT, 0),
  GM_FIELD (GmUpload, token_hash, "tokenHash", TEXT, GM_FIELD_NO_JSON),
  GM_FIELD (GmUpload, state, "state", TEXT, 0),
  GM_FIELD (GmUpload, created_at, "createdAt", INT, 0),
  GM_FIELD (GmUpload, expires_at, "expiresAt", INT, 0),
};
const GmRecordType gm_upload_type = { "uploads", sizeof (GmUpload), fields, G_N_ELEMENTS (fields) };

/* What the client says; the pipeline looks into the file. */
static const char *const types[] = {
  "audio/mpeg", "audio/mp3",    "audio/wav", "audio/wave", "audio/x-wav",  "audio/vnd.wave",
  "audio/flac", "audio/x-flac", "audio/aac", "audio/aiff", "audio/x-aiff", "audio/ogg",
  "audio/opus", "audio/webm",   "audio/mp4", "audio/m4a",  "audio/x-m4a",  NULL,
};

void
gm_upload_free (GmUpload *upload)
{
  gm_record_free (&gm_upload_type, upload);
}

const char *const *
gm_upload_types (void)
{
  return types;
}

gboolean
gm_upload_type_is_known (const char *content_type)
{
  g_autofree char *lower = g_ascii_strdown (content_type, -1);

  lower[strcspn (lower, "; ")] = '\0';
  return g_strv_contains (types, lower);
}

static char *
hash_text (const char *text)
{
  GmHash hash;

  gm_hash_sha256 ((const guint8 *) text, strlen (text), &hash);
  return gm_hash_dup_hex (&hash);
}

/* Letters, digits, dash, single dots inside: no folder, no trick of Unicode survives. */
static char *
harmless_name (const char *filename)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *c = filename; *c != '\0' && out->len < 80; c++)
    {
      gboolean dot = *c == '.' && out->len > 0 && out->str[out->len - 1] != '.';

      g_string_append_c (out, g_ascii_isalnum (*c) || *c == '-' || dot ? *c : '_');
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
gm_upload_dup_path (GmService *service, const char *id)
{
  g_autofree char *name = g_strdup_printf ("spool/upload-%s", id);

  return gm_server_config_dup_path (service->config, name);
}

gboolean
gm_upload_pending (GmService *service, const char *address, gint64 *bytes, GError **error)
{
  g_auto (GmReader) reader = { 0 };

  return gm_database_read (service->database, &reader, error) &&
         gm_sql_int (reader.sql,
                     "SELECT coalesce (sum (bytes), 0) FROM uploads WHERE address = ?1"
                     " AND expires_at > ?2 AND state IN ('signed', 'received')",
                     (GmValue[]){ gm_value_text (address), gm_value_int (gm_clock_now_ms ()) }, 2,
                     bytes, error);
}

GmUpload *
gm_upload_sign (GmService *service, GmUpload *take, char **token, GError **error)
{
  g_autoptr (GmUpload) upload = take;
  g_autofree char *name = harmless_name (upload->filename);
  g_autofree char *secret = NULL;
  g_auto (GmWriter) writer = { 0 };
  GmHash random;

  gm_hash_random (&random);
  secret = gm_hex_encode (random.b, 32);
  gm_hash_random (&random);
  upload->id = gm_ulid_new ();
  upload->created_at = gm_clock_now_ms ();
  upload->expires_at = upload->created_at + GM_UPLOAD_LIFE_MS;
  upload->key = g_strdup_printf ("assets/%" G_GINT64_FORMAT "-%08x-%s", upload->created_at,
                                 *(guint32 *) random.b, name);
  upload->token_hash = hash_text (secret);
  upload->state = g_strdup ("signed");
  if (!gm_database_begin (service->database, &writer, error) ||
      !gm_sql_put (writer.sql, &gm_upload_type, upload, error) ||
      !gm_database_commit (&writer, error))
    return NULL;
  *token = g_steal_pointer (&secret);
  return g_steal_pointer (&upload);
}

static GmUpload *
find_signed (GmSql *sql, const char *token, const char *address, GError **error)
{
  g_autofree char *hash = hash_text (token);
  g_autoptr (GError) problem = NULL;
  GmUpload *upload = gm_sql_find (
      sql, &gm_upload_type,
      "SELECT * FROM uploads WHERE token_hash = ?1 AND address = ?2 AND expires_at > ?3",
      (GmValue[]){ gm_value_text (hash), gm_value_text (address),
                   gm_value_int (gm_clock_now_ms ()) },
      3, &problem);

  if (upload == NULL && gm_error_is (problem, GM_ERROR_NOT_FOUND))
    return gm_fail_null (error, GM_ERROR_NOT_FOUND, "no such upload, or it ran out: sign again");
  if (upload == NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return upload;
}

GmUpload *
gm_upload_receive (GmService *service,
                   const char *token,
                   const char *address,
                   const char *body_path,
                   GError **error)
{
  g_auto (GmWriter) writer = { 0 };
  g_autoptr (GmUpload) upload = NULL;
  g_autofree char *path = NULL;
  GStatBuf about;

  if (!gm_database_begin (service->database, &writer, error))
    return NULL;
  upload = find_signed (writer.sql, token, address, error);
  if (upload == NULL)
    return NULL;
  if (g_str_equal (upload->state, "taken"))
    return gm_fail_null (error, GM_ERROR_CONFLICT, "this upload was processed already");
  if (g_stat (body_path, &about) != 0 || about.st_size != upload->bytes)
    return gm_fail_null (error, GM_ERROR_BAD_DATA,
                         "the file has not the %" G_GINT64_FORMAT " bytes that were signed",
                         upload->bytes);
  path = gm_upload_dup_path (service, upload->id);
  if (g_rename (body_path, path) != 0)
    return gm_fail_null (error, GM_ERROR_BUG, "the upload cannot be kept: %s", g_strerror (errno));
  g_free (upload->state);
  upload->state = g_strdup ("received");
  if (!gm_sql_put (writer.sql, &gm_upload_type, upload, error) ||
      !gm_database_commit (&writer, error))
    return NULL;
  return g_steal_pointer (&upload);
}

GmUpload *
gm_upload_find (GmSql *sql, const char *key, const char *address, GError **error)
{
  g_autoptr (GError) problem = NULL;
  GmUpload *upload = gm_sql_find (
      sql, &gm_upload_type, "SELECT * FROM uploads WHERE key = ?1 AND address = ?2",
      (GmValue[]){ gm_value_text (key), gm_value_text (address) }, 2, &problem);

  if (upload == NULL && gm_error_is (problem, GM_ERROR_NOT_FOUND))
    return gm_fail_null (error, GM_ERROR_NOT_FOUND, "no such upload");
  if (upload == NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return upload;
}

gboolean
gm_upload_take (GmWriter *writer, const GmUpload *upload, const char *asset, GError **error)
{
  return gm_sql_run (writer->sql, "UPDATE uploads SET state = 'taken', asset = ?2 WHERE id = ?1",
                     (GmValue[]){ gm_value_text (upload->id), gm_value_text (asset) }, 2, NULL,
                     error);
}

/* Bodies on their way in when the program was killed. */
static void
sweep_bodies (GmService *service)
{
  g_autofree char *folder = gm_server_config_dup_path (service->config, "spool");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf about;

      if (g_str_has_prefix (name, "body-") && g_lstat (path, &about) == 0 &&
          g_get_real_time () / 1000 - (gint64) about.st_mtime * 1000 > GM_UPLOAD_LIFE_MS)
        g_unlink (path);
    }
}

gboolean
gm_upload_sweep (GmService *service, GError **error)
{
  g_auto (GmWriter) writer = { 0 };
  g_autoptr (GPtrArray) old = NULL;
  GmValue now = gm_value_int (gm_clock_now_ms ());

  sweep_bodies (service);
  if (!gm_database_begin (service->database, &writer, error))
    return FALSE;
  old = gm_sql_list (writer.sql, &gm_upload_type, "SELECT * FROM uploads WHERE expires_at < ?1",
                     &now, 1, error);
  if (old == NULL)
    return FALSE;
  for (guint i = 0; i < old->len; i++)
    {
      g_autofree char *path = gm_upload_dup_path (service, ((GmUpload *) old->pdata[i])->id);
      g_autofree char *directory = g_strconcat (path, ".job", NULL);

      g_unlink (path);
      gm_pipeline_forget (directory);
    }
  return gm_sql_run (writer.sql, "DELETE FROM uploads WHERE expires_at < ?1", &now, 1, NULL,
                     error) &&
         gm_database_commit (&writer, error);
}
