/* session-scene.h - a session in temporary folders, with masters that were bought.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/session.h"

typedef struct
{
  char *folder;
  GmSettings *settings;
  GmSession *session;
} SessionScene;

SessionScene *session_scene_new (void);
void session_scene_free (SessionScene *self);

/* Owned master @n, ready, whose sound is @plain. The library is read again. */
void session_scene_own (SessionScene *self, guint n, const char *plain);
char *session_scene_dup_asset_id (guint n);

/* Runs the main loop until @condition; fails the test after ten seconds. */
typedef gboolean (*SessionCondition) (gpointer data);
void session_scene_wait (SessionCondition condition, gpointer data);
