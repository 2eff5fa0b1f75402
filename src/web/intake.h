/* intake.h - from what libmicrohttpd parsed to a GmRequest and its route (web/ only).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <microhttpd.h>

#include "web/request-check.h"
#include "web/route.h"

G_BEGIN_DECLS

typedef struct
{
  GmRequest *request;
  const GmRoute *route; /* NULL when there is a refusal */
  GmFraming framing;
  gboolean is_head;
} GmIntake;

/* Always fills intake->request as far as it goes. A refusal (or the answer to OPTIONS), or NULL
 * when the route may be run. */
GmReply *gm_intake_read (GmIntake *intake,
                         struct MHD_Connection *connection,
                         const char *target,
                         const char *start[2], /* method, version */
                         const GmRoute *routes,
                         guint n_routes);

G_END_DECLS
