/* secret.h - bytes that must not leak: guarded memory, wiped when freed.
 *
 * sodium_malloc() pages: locked, between guard pages, and PROT_NONE while nobody has them open.
 * Reading is bracketed: gm_secret_open() … gm_secret_close(); openings nest and may come from
 * several threads. There is no way to print one.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _GmSecret GmSecret;

GmSecret *gm_secret_new (gsize length); /* zeroed */
GmSecret *gm_secret_new_random (gsize length);
GmSecret *gm_secret_new_copy (const guint8 *data, gsize length); /* the caller wipes @data */
GmSecret *gm_secret_new_text (const char *text);                 /* without the NUL */
GmSecret *gm_secret_ref (GmSecret *self);
void gm_secret_unref (GmSecret *self);

gsize gm_secret_length (const GmSecret *self);
gboolean gm_secret_equal (GmSecret *a, GmSecret *b); /* constant time */

const guint8 *gm_secret_open (GmSecret *self);    /* readable until closed */
guint8 *gm_secret_open_to_write (GmSecret *self); /* only right after new, before it is shared */
void gm_secret_close (GmSecret *self);

/* Once per process, early in main(): no core dumps, not traceable (prctl, RLIMIT_CORE). */
void gm_secret_harden_process (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmSecret, gm_secret_unref)

G_END_DECLS
