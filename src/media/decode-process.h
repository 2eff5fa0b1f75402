/* decode-process.h - starts gotmusic-decode, listens to it, and ends it in time.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "media/analysis.h"

G_BEGIN_DECLS

/* $GM_DECODE_PROGRAM, or media/ beside a program of the build folder, or the installed one. */
char *gm_decode_process_program (void);

/* @arguments: after the program's name; the second one is the directory of the outputs. Returns the
 * result, or the child's refusal as an error. */
JsonObject *gm_decode_process_run (const char *const *arguments,
                                   GmAnalysisProgress progress,
                                   gpointer user_data,
                                   GCancellable *cancellable,
                                   GError **error);

/* A file the child wrote: regular, not a link, at most @max_bytes. Returns its path. */
char *
gm_decode_process_output (const char *directory, const char *name, gsize max_bytes, GError **error);

G_END_DECLS
