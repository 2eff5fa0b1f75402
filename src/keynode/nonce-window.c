/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "keynode/nonce-window.h"

#include <string.h>

#include "base/error.h"

struct _GmNonceWindow
{
  GMutex mutex;
  GHashTable *expiries; /* GmHash to gint64 *, under the mutex */
};

/* Nonces are random, and a liar gains nothing from slow lookups in a bounded table. */
static guint
hash_nonce (gconstpointer nonce)
{
  guint32 hash;

  memcpy (&hash, nonce, sizeof hash);
  return hash;
}

static gboolean
same_nonce (gconstpointer a, gconstpointer b)
{
  return gm_hash_equal (a, b);
}

GmNonceWindow *
gm_nonce_window_new (void)
{
  GmNonceWindow *self = g_new0 (GmNonceWindow, 1);

  g_mutex_init (&self->mutex);
  self->expiries = g_hash_table_new_full (hash_nonce, same_nonce, g_free, g_free);
  return self;
}

void
gm_nonce_window_free (GmNonceWindow *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->expiries);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static gboolean
has_expired (gpointer nonce, gpointer expires_at, gpointer now_unix)
{
  return *(gint64 *) expires_at <= *(gint64 *) now_unix;
}

static gboolean
take (GmNonceWindow *self, const GmHash *nonce, gint64 expires_at, gint64 now, GError **error)
{
  if (g_hash_table_contains (self->expiries, nonce))
    return gm_fail (error, GM_ERROR_DENIED, "this request was answered already");
  if (g_hash_table_size (self->expiries) >= GM_NONCE_WINDOW_MAX)
    g_hash_table_foreach_remove (self->expiries, has_expired, &now);
  if (g_hash_table_size (self->expiries) >= GM_NONCE_WINDOW_MAX)
    return gm_fail (error, GM_ERROR_DENIED, "too many requests at the moment");

  g_hash_table_insert (self->expiries, g_memdup2 (nonce, sizeof *nonce),
                       g_memdup2 (&expires_at, sizeof expires_at));
  return TRUE;
}

gboolean
gm_nonce_window_take (GmNonceWindow *self,
                      const GmHash *nonce,
                      gint64 expires_at,
                      gint64 now_unix,
                      GError **error)
{
  gboolean taken;

  g_mutex_lock (&self->mutex);
  taken = take (self, nonce, expires_at, now_unix, error);
  g_mutex_unlock (&self->mutex);
  return taken;
}
