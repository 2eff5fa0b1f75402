/* idempotency.h - a repeated write answers what the first one did (PROTOCOLS A12).
 *
 * The key is unique per principal, method and path. Row, effect and answer commit together, so a
 * crash leaves either all or nothing; a twin that comes while the first is at work waits for the
 * writer and is then replayed. Answers 5xx, 401, 403 and 429 are not kept. Keys are kept for 24 h.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/database.h"
#include "web/route.h"

G_BEGIN_DECLS

/* The effect, inside the transaction. A reply of 400 and above, or an error, is rolled back. */
typedef GmReply *(*GmIdempotentWork) (GmWriter *writer,
                                      const GmRequest *request,
                                      gpointer user_data,
                                      GError **error);

typedef struct
{
  GmDatabase *database;
  gboolean key_required; /* else a request without one just runs */
  GmIdempotentWork work;
  gpointer user_data;
} GmIdempotent;

GmReply *gm_idempotency_run (const GmIdempotent *call, const GmRequest *request, GError **error);

G_END_DECLS
