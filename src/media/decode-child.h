/* decode-child.h - the other side of analysis.h: what the program gotmusic-decode does.
 *
 *   gotmusic-decode registry  DIRECTORY                          makes GStreamer's list of plugins
 *   gotmusic-decode analyze   DIRECTORY INPUT START_MS WHAT [PICTURE]
 *   gotmusic-decode picture   DIRECTORY INPUT
 *   gotmusic-decode preview   DIRECTORY INPUT
 *   gotmusic-decode holds     DIRECTORY PATH                     says what it could still do
 *
 * It confines itself first, writes its files and result.json into DIRECTORY, and tells its progress
 * on standard output: "step fraction" a line, "done" at the end, also after a refusal.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GM_DECODE_RESULT_NAME      "result.json"
#define GM_DECODE_RESULT_MAX_BYTES (512 * 1024)
#define GM_DECODE_UNCONFINED       "GM_DECODE_UNCONFINED" /* environment, "1": work without walls */
#define GM_DECODE_NO_ROOM          3 /* exit status: the result could not be written */

int gm_decode_child_run (int argc, char **argv); /* exit status */

G_END_DECLS
