/* places.h - the places of the window, in order: what sidebar, bottom bar and keys are made of.
 *
 * A new page is one line in places.c.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/session.h"
#include "playback/player-state.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id; /* parameter of app.show */
  const char *title;
  const char *icon;
  gboolean for_admin;
  gboolean needs_store; /* without one, the page that asks for it is shown instead */
  GtkWidget *(*make) (GmSession *session, GmPlayerState *state);
  void (*search) (GtkWidget *page, const char *text); /* (nullable) */
} GmPlace;

const GmPlace *gm_places_get (guint *n);
const GmPlace *gm_places_find (const char *id); /* (nullable) */

G_END_DECLS
