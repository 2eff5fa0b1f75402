/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "keynode/revocation-source.h"

#include "base/error.h"

#define FRESH_S   60
#define TIMEOUT_S 5

typedef struct
{
  GBytes *json;
  gint64 fetched_at;
} Cached;

struct _GmRevocationSource
{
  GmHttp *http; /* borrowed */
  GMutex mutex;
  GHashTable *cache; /* URL to Cached, under the mutex */
};

static void
cached_free (Cached *cached)
{
  g_bytes_unref (cached->json);
  g_free (cached);
}

GmRevocationSource *
gm_revocation_source_new (GmHttp *http)
{
  GmRevocationSource *self = g_new0 (GmRevocationSource, 1);

  self->http = http;
  g_mutex_init (&self->mutex);
  self->cache = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) cached_free);
  return self;
}

void
gm_revocation_source_free (GmRevocationSource *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->cache);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static GmRevocationList *
read_file (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) json = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return gm_fail_null (error, GM_ERROR_DENIED, "the revocation list cannot be read");

  json = g_bytes_new_take (g_steal_pointer (&text), length);
  return gm_revocation_list_parse (json, error);
}

static GBytes *
find_cached (GmRevocationSource *self, const char *url, gint64 newer_than)
{
  const Cached *cached;
  GBytes *json;

  g_mutex_lock (&self->mutex);
  cached = g_hash_table_lookup (self->cache, url);
  json = cached != NULL && cached->fetched_at > newer_than ? g_bytes_ref (cached->json) : NULL;
  g_mutex_unlock (&self->mutex);
  return json;
}

static void
put_cached (GmRevocationSource *self, const char *url, GBytes *json, gint64 now_unix)
{
  Cached *cached = g_new0 (Cached, 1);

  cached->json = g_bytes_ref (json);
  cached->fetched_at = now_unix;
  g_mutex_lock (&self->mutex);
  g_hash_table_replace (self->cache, g_strdup (url), cached);
  g_mutex_unlock (&self->mutex);
}

static GmRevocationList *
fetch_url (GmRevocationSource *self, const char *url, gint64 now_unix, GError **error)
{
  const GmHttpAsk ask = { .url = url,
                          .max_bytes = GM_REVOCATION_MAX_BYTES,
                          .timeout_s = TIMEOUT_S };
  g_autoptr (GBytes) json = find_cached (self, url, now_unix - FRESH_S);
  g_autoptr (GmHttpAnswer) answer = NULL;
  GmRevocationList *list;

  if (json != NULL)
    return gm_revocation_list_parse (json, error);

  answer = gm_http_send (self->http, &ask, NULL, NULL);
  list = answer != NULL && answer->status == 200 ? gm_revocation_list_parse (answer->body, NULL)
                                                 : NULL;
  if (list != NULL)
    {
      put_cached (self, url, answer->body, now_unix);
      return list;
    }

  json = find_cached (self, url, G_MININT64);
  if (json == NULL)
    return gm_fail_null (error, GM_ERROR_DENIED, "the revocation list cannot be fetched");

  return gm_revocation_list_parse (json, error);
}

GmRevocationList *
gm_revocation_source_fetch (GmRevocationSource *self,
                            const char *where,
                            gint64 now_unix,
                            GError **error)
{
  if (g_path_is_absolute (where))
    return read_file (where, error);

  return fetch_url (self, where, now_unix, error);
}
