/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "licenses/license-db.h"

#include "base/error.h"
#include "crypto/subkey.h"
#include "licenses/wire.h"
#include "storage/migration.h"

#define SCHEMA_FOLDER GM_APP_PATH "/schema/app"
#define KEY_CONTEXT   "gotmusic/content-key/1 "

#define LICENSES "SELECT * FROM licenses ORDER BY issued_at DESC, order_id"
#define LICENSE  "SELECT * FROM licenses WHERE order_id = ?1"
#define OWNED    "SELECT * FROM owned ORDER BY bought_at DESC, order_id"
#define OWNED_OF                                                                                   \
  "SELECT * FROM owned WHERE asset_id = ?1 ORDER BY ready DESC, bought_at DESC, order_id LIMIT 1"
#define DOCUMENT     "SELECT content FROM documents WHERE hash = ?1"
#define PUT_DOCUMENT "INSERT INTO documents (hash, content) VALUES (?1, ?2) ON CONFLICT DO NOTHING"
#define PUT_PROOF                                                                                  \
  "INSERT INTO proofs (order_id, holder_id, answer) VALUES (?1, ?2, ?3) "                          \
  "ON CONFLICT (order_id, holder_id) DO UPDATE SET answer = excluded.answer"
#define COUNT_PROOFS "SELECT count(*) FROM proofs WHERE order_id = ?1"
#define KEY_BOX      "SELECT box FROM content_keys WHERE master_cid = ?1"
#define PUT_KEY                                                                                    \
  "INSERT INTO content_keys (master_cid, box) VALUES (?1, ?2) "                                    \
  "ON CONFLICT (master_cid) DO UPDATE SET box = excluded.box"

static const GmField fields[] = {
  GM_FIELD (GmOwned, order_id, "orderId", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmOwned, store, "store", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmOwned, asset, "asset", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmOwned, asset_id, "assetId", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmOwned, title, "title", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmOwned, artist, "artist", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmOwned, artwork, "artwork", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmOwned, mime, "mime", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmOwned, master_cid, "masterCid", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmOwned, master_bytes, "masterBytes", INT, GM_FIELD_REQUIRED),
  GM_FIELD (GmOwned, duration_ms, "durationMs", INT, GM_FIELD_REQUIRED),
  GM_FIELD (GmOwned, ready, "ready", BOOL, GM_FIELD_REQUIRED),
  GM_FIELD (GmOwned, bought_at, "boughtAt", INT, GM_FIELD_REQUIRED),
};

const GmRecordType gm_owned_type = { "owned", sizeof (GmOwned), fields, G_N_ELEMENTS (fields) };

void
gm_owned_free (GmOwned *owned)
{
  gm_record_free (&gm_owned_type, owned);
}

GmSql *
gm_license_db_open (const char *path, GError **error)
{
  g_autoptr (GmSql) ledger = gm_sql_open_sqlite (path, GM_SQL_LEDGER, error);

  if (ledger == NULL || !gm_migration_run (ledger, SCHEMA_FOLDER, error))
    {
      g_prefix_error (error, "ledger: ");
      return NULL;
    }
  return g_steal_pointer (&ledger);
}

gboolean
gm_license_db_put (GmSql *ledger, const GmLicense *license, GError **error)
{
  return gm_sql_put (ledger, &gm_license_type, license, error);
}

GmLicense *
gm_license_db_find (GmSql *ledger, const char *order_id, GError **error)
{
  const GmValue value = gm_value_text (order_id);

  return gm_sql_find (ledger, &gm_license_type, LICENSE, &value, 1, error);
}

GPtrArray *
gm_license_db_list (GmSql *ledger, GError **error)
{
  return gm_sql_list (ledger, &gm_license_type, LICENSES, NULL, 0, error);
}

gboolean
gm_license_db_put_owned (GmSql *ledger, const GmOwned *owned, GError **error)
{
  return gm_sql_put (ledger, &gm_owned_type, owned, error);
}

GPtrArray *
gm_license_db_list_owned (GmSql *ledger, GError **error)
{
  return gm_sql_list (ledger, &gm_owned_type, OWNED, NULL, 0, error);
}

GmOwned *
gm_license_db_find_owned (GmSql *ledger, const char *asset_id, GError **error)
{
  const GmValue value = gm_value_text (asset_id);

  return gm_sql_find (ledger, &gm_owned_type, OWNED_OF, &value, 1, error);
}

static GBytes *
read_blob (GmSql *ledger, const char *statement, const char *key, const char *what, GError **error)
{
  const GmValue value = gm_value_text (key);
  g_autoptr (GmRows) rows = gm_sql_query (ledger, statement, &value, 1, error);
  g_autoptr (GError) problem = NULL;
  GBytes *bytes = NULL;

  if (rows == NULL)
    return NULL;
  if (gm_rows_next (rows, &problem))
    bytes = gm_rows_dup_bytes (rows, 0);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (bytes == NULL)
    return gm_fail_null (error, GM_ERROR_NOT_FOUND, "the ledger has no %s", what);

  return bytes;
}

gboolean
gm_license_db_put_document (GmSql *ledger, GBytes *content, GmHash *hash, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (content, &length);
  g_autofree char *name = NULL;
  GmHash sha256;

  gm_hash_sha256 (data, length, &sha256);
  name = gm_hash_dup_hex (&sha256);
  if (!gm_sql_run (ledger, PUT_DOCUMENT,
                   (GmValue[]){ gm_value_text (name), gm_value_gbytes (content) }, 2, NULL, error))
    return FALSE;

  if (hash != NULL)
    *hash = sha256;
  return TRUE;
}

GBytes *
gm_license_db_document (GmSql *ledger, const GmHash *hash, GError **error)
{
  g_autofree char *name = gm_hash_dup_hex (hash);
  g_autoptr (GBytes) content = read_blob (ledger, DOCUMENT, name, "such document", error);
  gsize length;
  const guint8 *data;
  GmHash sha256;

  if (content == NULL)
    return NULL;

  data = g_bytes_get_data (content, &length);
  gm_hash_sha256 (data, length, &sha256);
  if (!gm_hash_equal (&sha256, hash))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "a document of the ledger is damaged");

  return g_steal_pointer (&content);
}

gboolean
gm_license_db_put_proof (GmSql *ledger,
                         const char *order_id,
                         const GmKeyAnswer *answer,
                         GError **error)
{
  g_autoptr (GBytes) json = gm_wire_encode (gm_key_answer_to_json (answer), NULL);
  gsize length;
  const char *data = g_bytes_get_data (json, &length);
  g_autofree char *text = g_strndup (data, length);

  return gm_sql_run (ledger, PUT_PROOF,
                     (GmValue[]){ gm_value_text (order_id), gm_value_text (answer->holder_id),
                                  gm_value_text (text) },
                     3, NULL, error);
}

guint
gm_license_db_count_proofs (GmSql *ledger, const char *order_id)
{
  const GmValue value = gm_value_text (order_id);
  gint64 count = 0;

  return gm_sql_int (ledger, COUNT_PROOFS, &value, 1, &count, NULL) ? (guint) count : 0;
}

gboolean
gm_license_db_put_key (GmSql *ledger,
                       const char *master_cid,
                       GmSecret *content_key,
                       GmSecret *library_key,
                       GError **error)
{
  g_autofree char *context = g_strconcat (KEY_CONTEXT, master_cid, NULL);
  g_autoptr (GBytes) box = gm_subkey_seal (library_key, context, content_key);

  return gm_sql_run (ledger, PUT_KEY,
                     (GmValue[]){ gm_value_text (master_cid), gm_value_gbytes (box) }, 2, NULL,
                     error);
}

GmSecret *
gm_license_db_key (GmSql *ledger, const char *master_cid, GmSecret *library_key, GError **error)
{
  g_autofree char *context = g_strconcat (KEY_CONTEXT, master_cid, NULL);
  g_autoptr (GBytes) box = read_blob (ledger, KEY_BOX, master_cid, "key for this file", error);
  GmSecret *key;

  if (box == NULL)
    return NULL;

  key = gm_subkey_open (library_key, context, box, error);
  if (key == NULL)
    g_prefix_error (error, "the library key does not open the key of this file: ");
  return key;
}
