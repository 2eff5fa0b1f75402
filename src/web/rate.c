/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/rate.h"

#include "base/clock.h"
#include "web/web-limits.h"

typedef struct
{
  gint64 tokens; /* thousandths */
  gint64 at_ms;
} Bucket;

struct _GmRate
{
  GMutex lock;
  GHashTable *buckets; /* "row client" */
};

GmRate *
gm_rate_new (void)
{
  GmRate *self = g_new0 (GmRate, 1);

  g_mutex_init (&self->lock);
  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
gm_rate_free (GmRate *self)
{
  g_hash_table_unref (self->buckets);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* A bucket not touched for a minute is full again, so forgetting it changes nothing. */
static gboolean
is_full_again (gpointer key, gpointer value, gpointer now_ms)
{
  return *(gint64 *) now_ms - ((Bucket *) value)->at_ms > 60000;
}

static Bucket *
find_bucket (GmRate *self, const char *name, guint per_minute, gint64 now_ms)
{
  Bucket *bucket = g_hash_table_lookup (self->buckets, name);

  if (bucket != NULL)
    return bucket;
  if (g_hash_table_size (self->buckets) >= GM_LIMIT_RATE_CLIENTS)
    g_hash_table_foreach_remove (self->buckets, is_full_again, &now_ms);
  if (g_hash_table_size (self->buckets) >= GM_LIMIT_RATE_CLIENTS)
    return NULL;

  bucket = g_new0 (Bucket, 1);
  bucket->tokens = (gint64) per_minute * 1000;
  bucket->at_ms = now_ms;
  g_hash_table_insert (self->buckets, g_strdup (name), bucket);
  return bucket;
}

gboolean
gm_rate_take (GmRate *self, guint row, const char *client, guint per_minute, guint *retry_s)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  g_autofree char *name = g_strdup_printf ("%u %s", row, client);
  gint64 now_ms = gm_clock_now_ms (), elapsed_ms;
  Bucket *bucket = find_bucket (self, name, per_minute, now_ms);

  *retry_s = 60;
  if (bucket == NULL) /* ten thousand busy clients at once: nobody new */
    return FALSE;

  elapsed_ms = CLAMP (now_ms - bucket->at_ms, 0, 60000);
  bucket->tokens = MIN (bucket->tokens + elapsed_ms * per_minute / 60, (gint64) per_minute * 1000);
  bucket->at_ms = now_ms;
  if (bucket->tokens >= 1000)
    {
      bucket->tokens -= 1000;
      return TRUE;
    }
  *retry_s = (guint) (((1000 - bucket->tokens) * 60 / per_minute + 999) / 1000);
  return FALSE;
}
