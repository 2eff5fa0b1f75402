/* web-server.h - the HTTP server of the store and of key nodes, over libmicrohttpd.
 *
 *   libmicrohttpd's thread        pool thread
 *   head ─▶ check ─▶ suspend ──▶ admit ─┐
 *   body ◀───────── resume ◀────────────┘ (only when a body comes)
 *   end  ─▶ suspend ───────────▶ handler ─▶ reply, or gm_reply_wait(): then the connection stands
 * in send ◀───────── resume ◀───────┘        the waiting list, without a thread, until
 *                                           gm_web_server_wake() or its time
 *
 * More requests than the backlog get 503 with Retry-After at once. Nothing a client sends ends the
 * process, and running out of file descriptors only delays.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "web/route.h"

G_BEGIN_DECLS

typedef struct _GmWebServer GmWebServer;

/* Fills request->principal (it is anonymous before) from its headers. On a pool thread. FALSE:
 * DENIED becomes 401. */
typedef gboolean (*GmAdmit) (GmRequest *request, GError **error);

typedef struct
{
  const char *address; /* NULL is 127.0.0.1 */
  guint16 port;        /* 0: any free one */
  const GmRoute *routes;
  guint n_routes;
  GmAdmit admit; /* (nullable): nobody signs in here */
  gpointer context;
  const char *spool; /* (nullable) folder for GM_ROUTE_BODY_FILE */
  guint threads;     /* 0: GM_LIMIT_THREADS; the other limits alike */
  guint backlog;
  guint connections;
  guint idle_seconds;
} GmWebConfig;

GmWebServer *gm_web_server_start (const GmWebConfig *config, GError **error);
guint16 gm_web_server_port (GmWebServer *self);

/* Something changed: long polls ask again. Any thread. */
void gm_web_server_wake (GmWebServer *self);

/* Takes no more, answers what it has (long polls at once), then frees. */
void gm_web_server_stop (GmWebServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmWebServer, gm_web_server_stop)

G_END_DECLS
