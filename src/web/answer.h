/* answer.h - a GmReply put on the wire: conditions, ranges, headers (web/ only).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include <microhttpd.h>

#include "web/reply.h"
#include "web/request.h"

G_BEGIN_DECLS

/* Applies If-None-Match and Range of @request to @reply: it becomes a 304, 206 or 416 where they
 * say so. @first and @count get the part of a file to send. */
void gm_answer_prepare (const GmRequest *request, GmReply *reply, guint64 *first, guint64 *count);

enum MHD_Result gm_answer_queue (struct MHD_Connection *connection,
                                 const GmRequest *request,
                                 GmReply *reply);

G_END_DECLS
