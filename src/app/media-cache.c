/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/media-cache.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

#include "base/bytes.h"
#include "base/error.h"
#include "base/hex.h"
#include "net/http-words.h"

#define HASH_DIGITS 64

static gsize
count_of (const char *text, const char *accepted)
{
  return strspn (text, accepted);
}

gboolean
gm_media_cache_is_name (const char *name)
{
  gsize kind = count_of (name, "abcdefghijklmnopqrstuvwxyz-");
  const char *hash = name + kind + 1;
  gsize extension;

  if (kind == 0 || kind > 20 || name[kind] != '/' ||
      count_of (hash, "0123456789abcdef") != HASH_DIGITS || hash[HASH_DIGITS] != '.')
    return FALSE;
  extension = count_of (hash + HASH_DIGITS + 1, "abcdefghijklmnopqrstuvwxyz0123456789");
  return extension > 0 && extension <= 5 && hash[HASH_DIGITS + 1 + extension] == '\0';
}

char *
gm_media_cache_dup_url (const char *origin, const char *name)
{
  return gm_media_cache_is_name (name) ? g_strconcat (origin, "/media/", name, NULL) : NULL;
}

static char *
build_path (const char *folder, const char *name)
{
  g_autofree char *flat = g_strdelimit (g_strdup (name), "/", '-');

  return g_build_filename (folder, flat, NULL);
}

char *
gm_media_cache_dup_path (const char *folder, const char *name)
{
  g_autofree char *path = gm_media_cache_is_name (name) ? build_path (folder, name) : NULL;

  return path != NULL && g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&path) : NULL;
}

static gboolean
fits (const char *name, GBytes *content)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (content, &length);
  g_autofree char *hex = NULL;
  GmHash hash;

  gm_hash_sha256 (data, length, &hash);
  hex = gm_hex_encode (hash.b, sizeof hash.b);
  return strncmp (strchr (name, '/') + 1, hex, HASH_DIGITS) == 0;
}

static GBytes *
read_copy (const char *path, const char *name)
{
  g_autoptr (GBytes) content = NULL;
  char *data;
  gsize length;

  if (!g_file_get_contents (path, &data, &length, NULL))
    return NULL;
  content = g_bytes_new_take (data, length);
  if (!fits (name, content))
    {
      g_unlink (path);
      return NULL;
    }
  utime (path, NULL); /* used now */
  return g_steal_pointer (&content);
}

static GBytes *
download (GmHttp *http,
          const char *origin,
          const char *name,
          GCancellable *cancellable,
          GError **error)
{
  g_autofree char *url = gm_media_cache_dup_url (origin, name);
  const GmHttpAsk ask = { .url = url, .max_bytes = GM_MEDIA_CACHE_MAX_BYTES };
  g_autoptr (GmHttpAnswer) answer = gm_http_send (http, &ask, cancellable, error);

  if (answer == NULL)
    return NULL;
  if (answer->status != 200)
    {
      gm_http_words_set_error (error, url, answer);
      return NULL;
    }
  if (!fits (name, answer->body))
    return gm_fail_null (error, GM_ERROR_REMOTE, "the store sent something else than %s", name);
  return g_bytes_ref (answer->body);
}

GBytes *
gm_media_cache_fetch (const char *folder,
                      GmHttp *http,
                      const char *origin,
                      const char *name,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) content = NULL;

  if (!gm_media_cache_is_name (name))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "“%.100s” is no name of an object", name);
  path = build_path (folder, name);
  content = read_copy (path, name);
  if (content != NULL)
    return g_steal_pointer (&content);
  if (origin == NULL)
    return gm_fail_null (error, GM_ERROR_OFFLINE, "%s is not here, and no store is open", name);

  content = download (http, origin, name, cancellable, error);
  if (content == NULL)
    return NULL;
  /* without a copy it is shown all the same */
  g_file_set_contents_full (path, g_bytes_get_data (content, NULL),
                            (gssize) g_bytes_get_size (content), G_FILE_SET_CONTENTS_CONSISTENT,
                            0600, NULL);
  return g_steal_pointer (&content);
}

typedef struct
{
  char *path;
  gint64 bytes;
  gint64 used;
} Copy;

static void
clear_copy (gpointer data)
{
  g_free (((Copy *) data)->path);
}

static gint
compare_use (gconstpointer a, gconstpointer b)
{
  const Copy *x = a;
  const Copy *y = b;

  return (x->used > y->used) - (x->used < y->used);
}

void
gm_media_cache_trim (const char *folder, gint64 max_bytes)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GArray) copies = g_array_new (FALSE, FALSE, sizeof (Copy));
  gint64 total = 0;
  const char *name;

  g_array_set_clear_func (copies, clear_copy);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      Copy copy = { .path = g_build_filename (folder, name, NULL) };
      GStatBuf about;

      if (g_stat (copy.path, &about) == 0)
        {
          copy.bytes = about.st_size;
          copy.used = about.st_mtime;
        }
      total += copy.bytes;
      g_array_append_val (copies, copy);
    }
  g_array_sort (copies, compare_use);
  for (guint i = 0; i < copies->len && total > max_bytes; i++)
    {
      const Copy *copy = &g_array_index (copies, Copy, i);

      if (g_unlink (copy->path) == 0)
        total -= copy->bytes;
    }
}
