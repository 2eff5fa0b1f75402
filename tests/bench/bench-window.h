/* bench-window.h - the window over a local catalog of any length, as the application makes it.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/session.h"
#include "ui/window.h"

typedef struct
{
  GmSession *session;
  GmWindow *window;
} BenchWindow;

/* A folder with a pinned store, which is away, and its catalog of @n rows; @owner is its address.
 */
char *bench_window_folder (guint n, char **owner);
void bench_window_remove_folder (char *folder); /* takes it */

/* Presented; nothing is drawn yet. Once per process. */
void bench_window_open (BenchWindow *self, const char *folder, const char *owner);

/* Runs the main loop for so many frames. */
void bench_window_run (BenchWindow *self, guint n_frames);
