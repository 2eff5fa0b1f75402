/* window.h - the one window: places, pages above them, the player bar that never goes away.
 *
 *   ┌ sidebar ┬ header: back, title, menu ┐      narrow:  ┌ header ┐
 *   │ places  │ banner                    │               │ page   │
 *   │         │ page                      │               │ player │
 *   ├─────────┴───────────────────────────┤               │ places │
 *   │ player bar                          │               └────────┘
 *   └─────────────────────────────────────┘
 *
 * Properties: "place" (s), "narrow" (b), "sidebar" (b: shown). Typing anywhere searches. It is
 * shown before there is a session; set_session() fills it, fail() says why there is none and
 * "retry" asks for another attempt.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/jukebox.h"
#include "app/session.h"

G_BEGIN_DECLS

#define GM_TYPE_WINDOW (gm_window_get_type ())
G_DECLARE_FINAL_TYPE (GmWindow, gm_window, GM, WINDOW, AdwApplicationWindow)

GmWindow *gm_window_new (GtkApplication *application, GmSettings *settings);
void gm_window_set_session (GmWindow *self, GmSession *session, GmJukebox *jukebox);
void gm_window_fail (GmWindow *self, const GError *error);

void gm_window_show (GmWindow *self, const char *place);
void gm_window_search (GmWindow *self, const char *text);
/* Above the place; the header's back button leads down again. */
void gm_window_push (GmWindow *self, GtkWidget *page, const char *title);
void gm_window_toast (GmWindow *self, const char *text);

G_END_DECLS
