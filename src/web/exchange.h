/* exchange.h - one request and its answer, between libmicrohttpd's thread and the pool (web/ only).
 *
 * At any time one of the two owns it: libmicrohttpd's thread, or, while the connection is
 * suspended, a pool thread or the waiting list.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <microhttpd.h>

#include "web/rate.h"
#include "web/request-check.h"
#include "web/waiting.h"
#include "web/web-server.h"

G_BEGIN_DECLS

/* What all exchanges of one server share. */
typedef struct
{
  GmWebConfig config; /* defaults filled in */
  char *spool;        /* (nullable) */
  GThreadPool *pool;
  GmWaiting *waiting;
  GmRate *rate;
  GCancellable *cancellable;
  GMutex lock;
  GCond idle;
  /* Under lock: */
  guint busy;       /* exchanges handed to the pool whose answer has not left */
  gboolean closing; /* the server stops: nothing new is handed to the pool */
  gboolean closed;  /* nor what was half done */
} GmExchangeHub;

typedef struct _GmExchange GmExchange;

GmExchange *gm_exchange_new (GmExchangeHub *hub, const char *target);
void gm_exchange_free (GmExchange *self); /* after the answer has left, or the client */

/* The access handler: called when the head is there, for each piece of the body, at its end, and
 * after each resume. */
enum MHD_Result gm_exchange_step (GmExchange *self,
                                  struct MHD_Connection *connection,
                                  const char *start[2], /* method, version */
                                  const char *piece,
                                  size_t *piece_bytes);

void gm_exchange_run (gpointer exchange, gpointer hub); /* on the pool */
void gm_exchange_again (gpointer exchange,
                        gboolean time_is_over,
                        gpointer hub); /* GmWaitingAgain */

G_END_DECLS
