/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/common/cover-cache.h"

#include <string.h>

#include "app/session-media.h"
#include "base/error.h"

#define THREADS         2
#define MAX_PIXELS      (16 * 1024 * 1024) /* of a source; a store's covers have 1024 × 1024 */
#define BYTES_PER_PIXEL 4

struct _GmCoverCache
{
  GmSession *session; /* owns this */
  GmWorker *worker;
  GHashTable *textures; /* "side name" to its link in recent */
  GQueue recent;        /* of Kept, last used first */
  gsize bytes;
};

typedef struct
{
  char *key;
  GdkTexture *texture;
} Kept;

#define GM_TYPE_COVER_LOAD (gm_cover_load_get_type ())
G_DECLARE_FINAL_TYPE (GmCoverLoad, gm_cover_load, GM, COVER_LOAD, GObject)

struct _GmCoverLoad
{
  GObject parent;
  GmCoverCache *cache;
  char *name;
  guint side;
  GmCoverLoaded loaded;
  gpointer data;
};

G_DEFINE_FINAL_TYPE (GmCoverLoad, gm_cover_load, G_TYPE_OBJECT)

static void
load_finalize (GObject *object)
{
  g_free (GM_COVER_LOAD (object)->name);
  G_OBJECT_CLASS (gm_cover_load_parent_class)->finalize (object);
}

static void
gm_cover_load_class_init (GmCoverLoadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = load_finalize;
}

static void
gm_cover_load_init (GmCoverLoad *self)
{
}

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_free (kept->key);
  g_object_unref (kept->texture);
  g_free (kept);
}

static void
cache_free (gpointer data)
{
  GmCoverCache *self = data;

  gm_worker_free (self->worker);
  g_hash_table_unref (self->textures);
  g_queue_clear_full (&self->recent, kept_free);
  g_free (self);
}

GmCoverCache *
gm_cover_cache_get (GmSession *session)
{
  GmCoverCache *self = g_object_get_data (G_OBJECT (session), "gm-cover-cache");

  if (self != NULL)
    return self;

  self = g_new0 (GmCoverCache, 1);
  self->session = session;
  self->worker = gm_worker_new ("covers", THREADS);
  self->textures = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->recent);
  g_object_set_data_full (G_OBJECT (session), "gm-cover-cache", self, cache_free);
  return self;
}

static char *
build_key (const char *name, guint side)
{
  return g_strdup_printf ("%u %s", side, name);
}

static gsize
size_of (const Kept *kept)
{
  return (gsize) gdk_texture_get_width (kept->texture) *
         (gsize) gdk_texture_get_height (kept->texture) * BYTES_PER_PIXEL;
}

GdkTexture *
gm_cover_cache_lookup (GmCoverCache *self, const char *name, guint side)
{
  g_autofree char *key = build_key (name, side);
  GList *link = g_hash_table_lookup (self->textures, key);

  if (link == NULL)
    return NULL;
  g_queue_unlink (&self->recent, link);
  g_queue_push_head_link (&self->recent, link);
  return ((Kept *) link->data)->texture;
}

static void
keep (GmCoverCache *self, const char *name, guint side, GdkTexture *texture)
{
  Kept *kept;

  if (gm_cover_cache_lookup (self, name, side) != NULL)
    return;

  kept = g_new0 (Kept, 1);
  kept->key = build_key (name, side);
  kept->texture = g_object_ref (texture);
  g_queue_push_head (&self->recent, kept);
  g_hash_table_insert (self->textures, kept->key, self->recent.head);
  self->bytes += size_of (kept);
  while (self->bytes > GM_COVER_CACHE_MAX_BYTES && self->recent.length > 1)
    {
      Kept *oldest = g_queue_pop_tail (&self->recent);

      self->bytes -= size_of (oldest);
      g_hash_table_remove (self->textures, oldest->key);
      kept_free (oldest);
    }
}

/* The shorter side becomes what is wanted; a picture is never made larger. */
static void
on_size_prepared (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  guint side = *(guint *) data;
  double factor = (double) side / MIN (width, height);

  if ((gint64) width * height > MAX_PIXELS)
    factor = 0; /* a loader refuses a picture of no size */
  if (factor < 1)
    gdk_pixbuf_loader_set_size (loader, (int) (width * factor + 0.5),
                                (int) (height * factor + 0.5));
}

static const char *
format_of (GBytes *picture)
{
  static const guint8 png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  static const guint8 jpeg[] = { 0xff, 0xd8, 0xff };
  gsize length;
  const guint8 *data = g_bytes_get_data (picture, &length);

  if (length > sizeof png && memcmp (data, png, sizeof png) == 0)
    return "png";
  if (length > sizeof jpeg && memcmp (data, jpeg, sizeof jpeg) == 0)
    return "jpeg";
  return NULL;
}

static GdkTexture *
texture_of (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf);
  int height = gdk_pixbuf_get_height (pixbuf);
  int side = MIN (width, height);
  g_autoptr (GdkPixbuf) middle = gdk_pixbuf_new_subpixbuf (pixbuf, (width - side) / 2,
                                                           (height - side) / 2, side, side);

  return gdk_texture_new_for_pixbuf (middle);
}

GdkTexture *
gm_cover_cache_decode (GBytes *picture, guint side, GError **error)
{
  const char *format = format_of (picture);
  g_autoptr (GdkPixbufLoader) loader = NULL;
  GdkPixbuf *pixbuf;

  if (format == NULL)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "a cover is neither PNG nor JPEG");
  loader = gdk_pixbuf_loader_new_with_type (format, NULL);
  if (loader == NULL)
    return gm_fail_null (error, GM_ERROR_BUG, "there is no loader for %s", format);

  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), &side);
  /* a loader that failed to write must still be closed, and then complains again */
  if (!gdk_pixbuf_loader_write_bytes (loader, picture, NULL))
    {
      gdk_pixbuf_loader_close (loader, NULL);
      return gm_fail_null (error, GM_ERROR_BAD_DATA, "a cover cannot be read");
    }
  if (!gdk_pixbuf_loader_close (loader, NULL) ||
      (pixbuf = gdk_pixbuf_loader_get_pixbuf (loader)) == NULL)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "a cover cannot be read");
  return texture_of (pixbuf);
}

typedef struct
{
  GBytes *picture;
  guint side;
} Decoding;

static void
decoding_free (gpointer data)
{
  Decoding *decoding = data;

  g_bytes_unref (decoding->picture);
  g_free (decoding);
}

static gpointer
decode (gpointer input, GCancellable *cancellable, GError **error)
{
  const Decoding *decoding = input;

  return gm_cover_cache_decode (decoding->picture, decoding->side, error);
}

static void
decoded (gpointer owner, gpointer result, const GError *error)
{
  GmCoverLoad *load = owner;

  if (result == NULL)
    {
      g_debug ("%s: %s", load->name, error->message);
      return;
    }
  keep (load->cache, load->name, load->side, result);
  load->loaded (load->data, result);
}

static void
fetched (gpointer owner, gpointer result, const GError *error)
{
  GmCoverLoad *load = owner;
  Decoding *decoding;

  if (result == NULL) /* the store is away: the placeholder stays */
    {
      g_debug ("%s: %s", load->name, error->message);
      return;
    }
  decoding = g_new0 (Decoding, 1);
  decoding->picture = g_bytes_ref (result);
  decoding->side = load->side;
  gm_worker_run (load->cache->worker, &(GmCall){ .owner = G_OBJECT (load),
                                                 .work = decode,
                                                 .input = decoding,
                                                 .free_input = decoding_free,
                                                 .free_result = g_object_unref,
                                                 .done = decoded });
}

GObject *
gm_cover_cache_load (GmCoverCache *self,
                     const char *name,
                     guint side,
                     GmCoverLoaded loaded,
                     gpointer data)
{
  GmCoverLoad *load = g_object_new (GM_TYPE_COVER_LOAD, NULL);

  load->cache = self;
  load->name = g_strdup (name);
  load->side = side;
  load->loaded = loaded;
  load->data = data;
  gm_session_fetch_media (self->session, name, G_OBJECT (load), fetched);
  return G_OBJECT (load);
}
