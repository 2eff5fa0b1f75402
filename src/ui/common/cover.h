/* cover.h - a square picture of a piece of music, or something calm in its place.
 *
 * Properties: "session" (GmSession), "name" (s, nullable: "artwork/<sha256>.png"), "seed" (s: what
 * the placeholder's colors follow from; same seed, same colors), "size" (i: the least side in
 * pixels; it grows with the width it gets). Decoration for a screen reader: the text beside it says
 * what it is.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "app/session.h"

G_BEGIN_DECLS

#define GM_TYPE_COVER (gm_cover_get_type ())
G_DECLARE_FINAL_TYPE (GmCover, gm_cover, GM, COVER, GtkWidget)

GtkWidget *gm_cover_new (GmSession *session, int size); /* @session may be NULL */

/* Both nullable; for rows, which are bound a thousand times a second. */
void gm_cover_show (GmCover *self, const char *name, const char *seed);

gboolean gm_cover_is_loaded (GmCover *self);

G_END_DECLS
