/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/request.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "web/web-limits.h"

GmRequest *
gm_request_new (void)
{
  GmRequest *self = g_new0 (GmRequest, 1);

  self->principal.roles = GM_ROLE_ANYONE;
  return self;
}

void
gm_request_free (GmRequest *self)
{
  g_free (self->method);
  g_free (self->path);
  g_clear_pointer (&self->params, g_hash_table_unref);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_pointer (&self->headers, g_hash_table_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->body_path);
  g_free (self->request_id);
  g_free (self->client);
  g_free (self->principal.address);
  g_free (self);
}

static const char *
look_up (GHashTable *table, const char *name)
{
  return table != NULL ? g_hash_table_lookup (table, name) : NULL;
}

const char *
gm_request_param (const GmRequest *self, const char *name)
{
  return look_up (self->params, name);
}

const char *
gm_request_query (const GmRequest *self, const char *name)
{
  return look_up (self->query, name);
}

const char *
gm_request_header (const GmRequest *self, const char *name)
{
  return look_up (self->headers, name);
}

gboolean
gm_request_has_role (const GmRequest *self, GmRoles any_of)
{
  return (self->principal.roles & any_of) != 0;
}

gboolean
gm_request_query_int (const GmRequest *self,
                      const char *name,
                      const gint64 bounds[2],
                      gint64 fallback,
                      gint64 *out,
                      GError **error)
{
  const char *text = gm_request_query (self, name);
  guint64 value;

  if (text == NULL)
    {
      *out = fallback;
      return TRUE;
    }
  if (!g_ascii_string_to_unsigned (text, 10, bounds[0], bounds[1], &value, NULL))
    return gm_fail (error, GM_ERROR_BAD_DATA,
                    "%s is a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, name,
                    bounds[0], bounds[1]);
  *out = (gint64) value;
  return TRUE;
}

JsonObject *
gm_request_json (const GmRequest *self, GError **error)
{
  if (self->body == NULL || g_bytes_get_size (self->body) == 0)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "a JSON object is expected as body");
  return gm_json_parse_object (self->body, g_bytes_get_size (self->body), error);
}

char *
gm_request_decode (const char *text, gsize length, gboolean plus, GError **error)
{
  g_autoptr (GString) out = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    {
      int c = (guchar) text[i];

      if (c == '+' && plus)
        c = ' ';
      if (c == '%')
        {
          if (i + 2 >= length || !g_ascii_isxdigit (text[i + 1]) || !g_ascii_isxdigit (text[i + 2]))
            return gm_fail_null (error, GM_ERROR_BAD_DATA,
                                 "percent sign without two digits in the address");
          c = g_ascii_xdigit_value (text[i + 1]) * 16 + g_ascii_xdigit_value (text[i + 2]);
          i += 2;
        }
      if (c < 0x20 || c == 0x7f)
        return gm_fail_null (error, GM_ERROR_BAD_DATA, "control byte in the address");
      g_string_append_c (out, (char) c);
    }
  if (!g_utf8_validate_len (out->str, out->len, NULL))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "the address is not UTF-8");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
take_item (GHashTable *query, const char *item, GError **error)
{
  const char *equals = strchr (item, '=');
  gsize name_length = equals != NULL ? (gsize) (equals - item) : strlen (item);
  g_autofree char *name = gm_request_decode (item, name_length, TRUE, error);
  g_autofree char *value = NULL;

  if (name == NULL)
    return FALSE;
  value = equals != NULL ? gm_request_decode (equals + 1, strlen (equals + 1), TRUE, error)
                         : g_strdup ("");
  if (value == NULL)
    return FALSE;
  if (g_hash_table_contains (query, name))
    return gm_fail (error, GM_ERROR_BAD_DATA, "%s is given twice", name);
  g_hash_table_insert (query, g_steal_pointer (&name), g_steal_pointer (&value));
  return TRUE;
}

GHashTable *
gm_request_parse_query (const char *query, GError **error)
{
  g_autoptr (GHashTable) out = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) items = NULL;

  if (query == NULL || *query == '\0')
    return g_steal_pointer (&out);
  if (strlen (query) > GM_LIMIT_QUERY_BYTES)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "the query is longer than %d bytes",
                         GM_LIMIT_QUERY_BYTES);
  items = g_strsplit (query, "&", GM_LIMIT_QUERY_ITEMS + 1);
  if (g_strv_length (items) > GM_LIMIT_QUERY_ITEMS)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "more than %d query parameters",
                         GM_LIMIT_QUERY_ITEMS);
  for (guint i = 0; items[i] != NULL; i++)
    if (*items[i] != '\0' && !take_item (out, items[i], error))
      return NULL;
  return g_steal_pointer (&out);
}
