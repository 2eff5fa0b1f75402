/* revoker.h - the signed list of revoked licenses that key holders ask for (PROTOCOLS A9).
 *
 * data/revocations.json, signed anew every hour whether it changed or not: a holder refuses when
 * its copy is older than a day.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/service.h"

G_BEGIN_DECLS

/* Signs and writes when the file is older than an hour, or always with @now. */
gboolean gm_revoker_renew (GmService *service, gboolean now, GError **error);
char *gm_revoker_dup_path (GmService *service);

G_END_DECLS
