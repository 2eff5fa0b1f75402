/* log.h - structured log: journald fields, or one JSON object per line on stderr.
 *
 * Only the edges log (web/, *-main.c, jobs). Never a secret, a token, a full signature, or an
 * address together with an IP. The message is a short constant; what varies is in fields.
 *
 *   gm_log (GM_LOG_INFO, "order paid", "ORDER", order_id, "TX", hash, NULL);
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GM_LOG_DEBUG,
  GM_LOG_INFO,
  GM_LOG_WARNING,
  GM_LOG_ERROR,
} GmLogLevel;

/* Upper-case field names and text values in pairs, then NULL. A NULL value skips its field. */
void gm_log (GmLogLevel level, const char *message, ...) G_GNUC_NULL_TERMINATED;

/* Every line this thread writes carries REQUEST_ID until set to NULL. */
void gm_log_set_request_id (const char *request_id);

/* Once per process. Journald when stderr is the journal, JSON lines otherwise. Lines below @least
 * are dropped. GLib's own messages pass through the same writer. */
void gm_log_init (const char *program, GmLogLevel least);

G_END_DECLS
