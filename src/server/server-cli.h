/* server-cli.h - the command line of gotmusic-server.
 *
 *   gotmusic-server [--data DIR] [--address A] [--port N] COMMAND
 *     serve                      the API, and jobs unless GM_WORKER=external
 *     worker                     jobs only
 *     migrate [--to N]           makes or changes the database
 *     import DIR                 a folder of music to published assets
 *     grant ROLE 0x…             producer, admin or auditor
 *     audit verify               checks the chain of changes
 *     revoke ORDER               takes a license back: holders stop within their list's age
 *     demo [--pieces N] [--fast] everything a first look needs, on loopback
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/server-config.h"

G_BEGIN_DECLS

typedef struct
{
  GmServerConfig *config; /* a command may take it (and set NULL) */
  gint schema;            /* --to; 0: the newest */
  gint pieces;            /* --pieces; 0: all */
  gboolean fast;
  char **arguments; /* after the command */
} GmServerCall;

int gm_server_cli_run (int argc, char **argv);

/* Each says what went wrong by @error and is FALSE. */
gboolean gm_serve_command (GmServerCall *call, GError **error);
gboolean gm_worker_command (GmServerCall *call, GError **error);
gboolean gm_migrate_command (GmServerCall *call, GError **error);
gboolean gm_import_command (GmServerCall *call, GError **error);
gboolean gm_grant_command (GmServerCall *call, GError **error);
gboolean gm_revoke_command (GmServerCall *call, GError **error);
gboolean gm_audit_command (GmServerCall *call, GError **error);
gboolean gm_demo_command (GmServerCall *call, GError **error);

G_END_DECLS
