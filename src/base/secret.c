/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/secret.h"

#include <sodium.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

struct _GmSecret
{
  gint references;
  gsize length;
  guint8 *data; /* sodium_malloc, PROT_NONE while openings is 0 */
  GMutex lock;
  guint openings;
};

GmSecret *
gm_secret_new (gsize length)
{
  GmSecret *self = g_new0 (GmSecret, 1);

  if (sodium_init () < 0)
    g_error ("libsodium does not start");

  self->references = 1;
  self->length = length;
  self->data = sodium_malloc (MAX (length, 1));
  if (self->data == NULL)
    g_error ("no guarded memory for a secret: raise the limit on locked memory");
  memset (self->data, 0, MAX (length, 1));
  g_mutex_init (&self->lock);
  sodium_mprotect_noaccess (self->data);
  return self;
}

GmSecret *
gm_secret_new_random (gsize length)
{
  GmSecret *self = gm_secret_new (length);

  randombytes_buf (gm_secret_open_to_write (self), length);
  gm_secret_close (self);
  return self;
}

GmSecret *
gm_secret_new_copy (const guint8 *data, gsize length)
{
  GmSecret *self = gm_secret_new (length);

  memcpy (gm_secret_open_to_write (self), data, length);
  gm_secret_close (self);
  return self;
}

GmSecret *
gm_secret_new_text (const char *text)
{
  return gm_secret_new_copy ((const guint8 *) text, strlen (text));
}

GmSecret *
gm_secret_ref (GmSecret *self)
{
  g_atomic_int_inc (&self->references);
  return self;
}

void
gm_secret_unref (GmSecret *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->references))
    return;

  g_assert (self->openings == 0);
  sodium_free (self->data); /* wipes */
  g_mutex_clear (&self->lock);
  g_free (self);
}

gsize
gm_secret_length (const GmSecret *self)
{
  return self->length;
}

gboolean
gm_secret_equal (GmSecret *a, GmSecret *b)
{
  gboolean equal;

  if (a->length != b->length)
    return FALSE;

  equal = sodium_memcmp (gm_secret_open (a), gm_secret_open (b), a->length) == 0;
  gm_secret_close (a);
  gm_secret_close (b);
  return equal;
}

static guint8 *
open_with (GmSecret *self, int (*protect) (void *))
{
  g_mutex_lock (&self->lock);
  if (self->openings++ == 0)
    protect (self->data);
  g_mutex_unlock (&self->lock);
  return self->data;
}

const guint8 *
gm_secret_open (GmSecret *self)
{
  return open_with (self, sodium_mprotect_readonly);
}

guint8 *
gm_secret_open_to_write (GmSecret *self)
{
  g_assert (self->openings == 0);
  return open_with (self, sodium_mprotect_readwrite);
}

void
gm_secret_close (GmSecret *self)
{
  g_mutex_lock (&self->lock);
  g_assert (self->openings > 0);
  if (--self->openings == 0)
    sodium_mprotect_noaccess (self->data);
  g_mutex_unlock (&self->lock);
}

void
gm_secret_harden_process (void)
{
  const struct rlimit none = { 0, 0 };

  prctl (PR_SET_DUMPABLE, 0);
  setrlimit (RLIMIT_CORE, &none);
}
