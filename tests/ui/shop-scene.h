/* shop-scene.h - a session with a pinned store, its catalog and its pictures, and a window that
 * notes what its page asks for instead of doing it.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/session.h"
#include "feed-store.h"
#include "playback/player-state.h"

typedef struct
{
  char *folder;
  FeedStore *store; /* answers GET /api/changes and /api/snapshot */
  GmSettings *settings;
  GmSession *session;   /* open */
  GmPlayerState *state; /* told by the test */
  GtkWindow *window;    /* (nullable) with the page */
  GString *asked;       /* "preview 01J…; buy 01J…; " */
} ShopScene;

/* @assets (nullable, taken) are in the local catalog before the session opens. With @away the store
 * does not answer. */
ShopScene *shop_scene_new (GPtrArray *assets, gboolean away);
/* As behind a login page of a hotel: every answer is this. */
ShopScene *shop_scene_new_html (GPtrArray *assets, const char *html);
void shop_scene_free (ShopScene *self);

/* Below @folder: the store of @origin as it was pinned at an earlier visit, by @owner (an address).
 * The answer is the path of its local catalog, which is not made. */
char *shop_scene_pin (const char *folder, const char *origin, char **owner);

/* Where a public object's local copy is; @content is written there. The name is the caller's. */
char *shop_scene_put_media (ShopScene *self, const char *kind, const char *ext, GBytes *content);

/* Presents @page in a window of this size, and waits for its first frame. */
void shop_scene_show (ShopScene *self, GtkWidget *page, int width, int height);
void shop_scene_close (ShopScene *self); /* the page goes with it */

/* Until nothing is loading and a frame was drawn. */
void shop_scene_settle (ShopScene *self);

/* Takes what was asked for since the last call. */
char *shop_scene_take_asked (ShopScene *self);

/* The first widget of this type below, or with this css class; NULL when there is none. */
GtkWidget *shop_scene_find (GtkWidget *root, GType type);
GtkWidget *shop_scene_find_class (GtkWidget *root, const char *css_class);

/* As if this key was pressed on @widget: what its controllers say to it. */
gboolean shop_scene_press (GtkWidget *widget, guint key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShopScene, shop_scene_free)
