/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/audit.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/hex.h"
#include "base/json.h"
#include "base/ulid.h"

static const char *const never_listed[] = { "version", "rev", "updatedAt", NULL };

gboolean
gm_audit_next_rev (GmWriter *writer, gint64 *rev, GError **error)
{
  gint64 now;

  if (!gm_sql_int (writer->sql, "SELECT rev FROM feed", NULL, 0, &now, error))
    return FALSE;
  *rev = now + 1;
  return TRUE;
}

static void
list_differences (JsonObject *a, JsonObject *b, GPtrArray *names)
{
  g_autoptr (GList) members = a != NULL ? json_object_get_members (a) : NULL;

  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode *other = b != NULL ? json_object_get_member (b, l->data) : NULL;

      if (g_strv_contains (never_listed, l->data) ||
          g_ptr_array_find_with_equal_func (names, l->data, g_str_equal, NULL))
        continue;
      if (other == NULL || !json_node_equal (json_object_get_member (a, l->data), other))
        g_ptr_array_add (names, g_strdup (l->data));
    }
}

char **
gm_audit_changed_fields (JsonObject *before, JsonObject *after)
{
  GPtrArray *names = g_ptr_array_new ();

  list_differences (after, before, names);
  list_differences (before, after, names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

static char *
object_text (JsonObject *object, GError **error)
{
  g_autoptr (JsonNode) node = NULL;

  if (object == NULL)
    return NULL;
  node = json_node_init_object (json_node_alloc (), object);
  return gm_json_canonical (node, error);
}

static void
set_digest (JsonObject *object, const char *name, const char *text)
{
  g_autofree char *hex = NULL;
  GmHash digest;

  if (text == NULL)
    {
      json_object_set_null_member (object, name);
      return;
    }
  gm_hash_sha256 ((const guint8 *) text, strlen (text), &digest);
  hex = gm_hash_dup_hex (&digest);
  json_object_set_string_member (object, name, hex);
}

/* The columns of one row, as stored. */
typedef struct
{
  gint64 rev;
  const char *id;
  const char *asset;
  const char *operation;
  const char *actor;
  const char *before;
  const char *after;
  const char *changed;
  gint64 created_at;
  GmHash prev;
} Row;

static gboolean
hash_row (const Row *row, GmHash *out, GError **error)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *prev = gm_hash_dup_hex (&row->prev);

  json_node_take_object (node, object);
  json_object_set_int_member (object, "rev", row->rev);
  json_object_set_string_member (object, "id", row->id);
  json_object_set_string_member (object, "asset", row->asset);
  json_object_set_string_member (object, "operation", row->operation);
  json_object_set_string_member (object, "actor", row->actor);
  set_digest (object, "before", row->before);
  set_digest (object, "after", row->after);
  json_object_set_string_member (object, "changedFields", row->changed);
  json_object_set_int_member (object, "createdAt", row->created_at);
  json_object_set_string_member (object, "prevHash", prev);
  return gm_json_hash (node, out, error);
}

static gboolean
read_head (GmSql *sql, GmHash *head, GError **error)
{
  g_autoptr (GmRows) rows = gm_sql_query (sql, "SELECT head FROM feed", NULL, 0, error);
  g_autoptr (GBytes) bytes = NULL;

  if (rows == NULL || !gm_rows_next (rows, error))
    return FALSE;
  bytes = gm_rows_dup_bytes (rows, 0);
  if (bytes == NULL || g_bytes_get_size (bytes) != 32)
    return gm_fail (error, GM_ERROR_BUG, "the feed has no head");
  memcpy (head->b, g_bytes_get_data (bytes, NULL), 32);
  return TRUE;
}

static char *
names_text (char **names)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; names[i] != NULL; i++)
    json_array_add_string_element (array, names[i]);
  json_node_take_array (node, array);
  return json_to_string (node, FALSE);
}

static gboolean
insert_row (GmWriter *writer, const Row *row, const GmHash *hash, GError **error)
{
  return gm_sql_run (writer->sql,
                     "INSERT INTO asset_audit (rev, id, asset, operation, actor, before, after,"
                     " changed_fields, created_at, prev_hash, hash)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                     (GmValue[]){ gm_value_int (row->rev), gm_value_text (row->id),
                                  gm_value_text (row->asset), gm_value_text (row->operation),
                                  gm_value_text (row->actor), gm_value_text (row->before),
                                  gm_value_text (row->after), gm_value_text (row->changed),
                                  gm_value_int (row->created_at), gm_value_bytes (row->prev.b, 32),
                                  gm_value_bytes (hash->b, 32) },
                     11, NULL, error) &&
         gm_sql_run (writer->sql, "UPDATE feed SET rev = ?1, head = ?2",
                     (GmValue[]){ gm_value_int (row->rev), gm_value_bytes (hash->b, 32) }, 2, NULL,
                     error);
}

gboolean
gm_audit_append (GmWriter *writer, gint64 rev, const GmAuditEntry *entry, GError **error)
{
  g_auto (GStrv) names = gm_audit_changed_fields (entry->before, entry->after);
  g_autofree char *changed = names_text (names);
  g_autofree char *id = gm_ulid_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  GmHash hash;
  Row row = { .rev = rev,
              .id = id,
              .asset = entry->asset,
              .operation = entry->operation,
              .actor = entry->actor,
              .changed = changed,
              .created_at = gm_clock_now_ms () };

  before = object_text (entry->before, error);
  if (before == NULL && entry->before != NULL)
    return FALSE;
  after = object_text (entry->after, error);
  if (after == NULL && entry->after != NULL)
    return FALSE;
  row.before = before;
  row.after = after;
  if (!read_head (writer->sql, &row.prev, error) || !hash_row (&row, &hash, error))
    return FALSE;

  writer->announce = TRUE;
  return insert_row (writer, &row, &hash, error);
}

static gboolean
read_row (GmRows *rows, Row *row, GmHash *stored, GError **error)
{
  g_autoptr (GBytes) prev = gm_rows_dup_bytes (rows, 9);
  g_autoptr (GBytes) hash = gm_rows_dup_bytes (rows, 10);

  *row = (Row){ .rev = gm_rows_int (rows, 0),
                .id = gm_rows_text (rows, 1),
                .asset = gm_rows_text (rows, 2),
                .operation = gm_rows_text (rows, 3),
                .actor = gm_rows_text (rows, 4),
                .before = gm_rows_text (rows, 5),
                .after = gm_rows_text (rows, 6),
                .changed = gm_rows_text (rows, 7),
                .created_at = gm_rows_int (rows, 8) };
  if (prev == NULL || g_bytes_get_size (prev) != 32 || hash == NULL ||
      g_bytes_get_size (hash) != 32)
    return gm_fail (error, GM_ERROR_BAD_DATA, "audit row %" G_GINT64_FORMAT " has no hash",
                    row->rev);
  memcpy (row->prev.b, g_bytes_get_data (prev, NULL), 32);
  memcpy (stored->b, g_bytes_get_data (hash, NULL), 32);
  return TRUE;
}

gboolean
gm_audit_verify (GmSql *sql, gint64 *n_rows, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GmRows) rows = NULL;
  GmHash last = { 0 }, head;

  *n_rows = 0;
  rows = gm_sql_query (sql,
                       "SELECT rev, id, asset, operation, actor, before, after, changed_fields,"
                       " created_at, prev_hash, hash FROM asset_audit ORDER BY rev",
                       NULL, 0, error);
  if (rows == NULL)
    return FALSE;
  while (gm_rows_next (rows, &problem))
    {
      GmHash stored, computed;
      Row row;

      if (!read_row (rows, &row, &stored, error) || !hash_row (&row, &computed, error))
        return FALSE;
      if (!gm_hash_equal (&row.prev, &last) || !gm_hash_equal (&stored, &computed))
        return gm_fail (error, GM_ERROR_BAD_DATA,
                        "audit row %" G_GINT64_FORMAT " was altered, or one before it is gone",
                        row.rev);
      last = stored;
      (*n_rows)++;
    }
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (!read_head (sql, &head, error))
    return FALSE;
  return gm_hash_equal (&head, &last) ||
         gm_fail (error, GM_ERROR_BAD_DATA, "the newest audit rows are gone");
}

static void
set_parsed (JsonObject *object, const char *name, const char *text)
{
  JsonNode *node = text != NULL ? json_from_string (text, NULL) : NULL;

  json_object_set_member (object, name, node != NULL ? node : json_node_new (JSON_NODE_NULL));
}

static JsonObject *
row_to_json (const Row *row, const GmHash *hash)
{
  JsonObject *object = json_object_new ();
  g_autofree char *hex = gm_hash_dup_hex (hash);

  json_object_set_string_member (object, "id", row->id);
  json_object_set_string_member (object, "assetId", row->asset);
  json_object_set_string_member (object, "operation", row->operation);
  json_object_set_string_member (object, "userId", row->actor);
  set_parsed (object, "before", row->before);
  set_parsed (object, "after", row->after);
  set_parsed (object, "changedFields", row->changed);
  json_object_set_int_member (object, "createdAt", row->created_at);
  json_object_set_int_member (object, "rev", row->rev);
  json_object_set_string_member (object, "hash", hex);
  return object;
}

JsonObject *
gm_audit_list (GmSql *sql, const char *asset, gint64 before_rev, gint64 limit, GError **error)
{
  g_autoptr (JsonObject) out = json_object_new ();
  JsonArray *logs = json_array_new ();
  g_autoptr (GError) problem = NULL;
  g_autoptr (GmRows) rows = NULL;
  gint64 total, last = 0;

  json_object_set_string_member (out, "assetId", asset);
  json_object_set_array_member (out, "auditLogs", logs);
  if (!gm_sql_int (sql, "SELECT count(*) FROM asset_audit WHERE asset = ?1",
                   (GmValue[]){ gm_value_text (asset) }, 1, &total, error))
    return NULL;
  rows = gm_sql_query (
      sql,
      "SELECT rev, id, asset, operation, actor, before, after, changed_fields, created_at,"
      " prev_hash, hash FROM asset_audit WHERE asset = ?1 AND rev < ?2 ORDER BY rev DESC LIMIT ?3",
      (GmValue[]){ gm_value_text (asset), gm_value_int (before_rev), gm_value_int (limit) }, 3,
      error);
  if (rows == NULL)
    return NULL;
  while (gm_rows_next (rows, &problem))
    {
      GmHash hash;
      Row row;

      if (!read_row (rows, &row, &hash, error))
        return NULL;
      json_array_add_object_element (logs, row_to_json (&row, &hash));
      last = row.rev;
    }
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  json_object_set_int_member (out, "total", total);
  if (json_array_get_length (logs) == limit)
    {
      g_autofree char *cursor = g_strdup_printf ("%" G_GINT64_FORMAT, last);

      json_object_set_string_member (out, "nextCursor", cursor);
    }
  else
    json_object_set_null_member (out, "nextCursor");
  return g_steal_pointer (&out);
}
