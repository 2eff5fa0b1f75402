/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/common/secret-clipboard.h"

#include <string.h>

#define TEXT   "text/plain;charset=utf-8"
#define HINT   "x-kde-passwordManagerHint" /* what histories of clipboards look for */
#define SECRET "secret"

static guint delay_ms = 60 * 1000;

/* What pasting gets: that of another provider, but nothing to be stored. */

#define GM_TYPE_SECRET_CONTENT (gm_secret_content_get_type ())
G_DECLARE_FINAL_TYPE (GmSecretContent, gm_secret_content, GM, SECRET_CONTENT, GdkContentProvider)

struct _GmSecretContent
{
  GdkContentProvider parent;
  GdkContentProvider *inner;
};

G_DEFINE_FINAL_TYPE (GmSecretContent, gm_secret_content, GDK_TYPE_CONTENT_PROVIDER)

static GdkContentFormats *
ref_formats (GdkContentProvider *provider)
{
  return gdk_content_provider_ref_formats (GM_SECRET_CONTENT (provider)->inner);
}

static GdkContentFormats *
ref_storable_formats (GdkContentProvider *provider)
{
  return gdk_content_formats_new (NULL, 0);
}

static void
write_async (GdkContentProvider *provider,
             const char *type,
             GOutputStream *stream,
             int priority,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer data)
{
  gdk_content_provider_write_mime_type_async (GM_SECRET_CONTENT (provider)->inner, type, stream,
                                              priority, cancellable, callback, data);
}

static gboolean
write_finish (GdkContentProvider *provider, GAsyncResult *result, GError **error)
{
  return gdk_content_provider_write_mime_type_finish (GM_SECRET_CONTENT (provider)->inner, result,
                                                      error);
}

static void
finalize (GObject *object)
{
  g_clear_object (&GM_SECRET_CONTENT (object)->inner);
  G_OBJECT_CLASS (gm_secret_content_parent_class)->finalize (object);
}

static void
gm_secret_content_class_init (GmSecretContentClass *klass)
{
  GdkContentProviderClass *provider = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  provider->ref_formats = ref_formats;
  provider->ref_storable_formats = ref_storable_formats;
  provider->write_mime_type_async = write_async;
  provider->write_mime_type_finish = write_finish;
}

static void
gm_secret_content_init (GmSecretContent *self)
{
}

static void
close_secret (gpointer secret)
{
  gm_secret_close (secret);
  gm_secret_unref (secret);
}

static GdkContentProvider *
content_new (GmSecret *text)
{
  GmSecretContent *self = g_object_new (GM_TYPE_SECRET_CONTENT, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_with_free_func (
      gm_secret_open (text), gm_secret_length (text), close_secret, gm_secret_ref (text));
  g_autoptr (GBytes) hint = g_bytes_new_static (SECRET, strlen (SECRET));
  GdkContentProvider *both[] = { gdk_content_provider_new_for_bytes (TEXT, bytes),
                                 gdk_content_provider_new_for_bytes (HINT, hint) };

  self->inner = gdk_content_provider_new_union (both, G_N_ELEMENTS (both));
  return GDK_CONTENT_PROVIDER (self);
}

/* How long. */

typedef struct
{
  GdkClipboard *clipboard;
  GdkContentProvider *content;
} Lease;

static void
lease_free (gpointer data)
{
  Lease *lease = data;

  g_object_unref (lease->clipboard);
  g_object_unref (lease->content);
  g_free (lease);
}

static gboolean
on_end (gpointer data)
{
  Lease *lease = data;

  if (gdk_clipboard_get_content (lease->clipboard) == lease->content)
    gdk_clipboard_set_content (lease->clipboard, NULL);
  return G_SOURCE_REMOVE;
}

void
gm_secret_clipboard_copy (GdkClipboard *clipboard, GmSecret *text)
{
  Lease *lease = g_new (Lease, 1);

  *lease = (Lease){ g_object_ref (clipboard), content_new (text) };
  gdk_clipboard_set_content (clipboard, lease->content);
  g_timeout_add_full (G_PRIORITY_DEFAULT, delay_ms, on_end, lease, lease_free);
}

void
gm_secret_clipboard_set_delay_for_test (guint ms)
{
  delay_ms = ms;
}
