/* rate.h - how often one client may ask, counted in memory, per row of the routes table.
 *
 * A token bucket each: @per_minute tokens, refilled evenly. Forgets the clients idle longest when
 * there are too many.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _GmRate GmRate;

GmRate *gm_rate_new (void);
void gm_rate_free (GmRate *self);

/* FALSE when there is none left; @retry_s says when there is one. Thread safe. */
gboolean
gm_rate_take (GmRate *self, guint row, const char *client, guint per_minute, guint *retry_s);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmRate, gm_rate_free)

G_END_DECLS
