/* problem.h - refusals as application/problem+json (RFC 9457), and the one map from error codes to
 * statuses.
 *
 * Members: type "about:blank", title, status, detail, request_id, and the seed's error (the detail
 * again) and details (an object: what is wrong with which field).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "web/reply.h"

G_BEGIN_DECLS

/* A refusal whose status no error code has: 401, 409, 410, 412, 413, 422, 428, 429 … The server
 * adds request_id when it sends it. */
GmReply *gm_problem_new (guint status, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* As above with "details": { field: [ text ], … }; takes @details. */
GmReply *gm_problem_new_fields (guint status, const char *error, JsonObject *details);

/* From the error of a handler. What is ours (BUG) or foreign says nothing of the inside. */
GmReply *gm_problem_from_error (const GError *error);
guint gm_problem_status (const GError *error);

/* Puts "request_id" into a problem made above. */
void gm_problem_set_request_id (GmReply *reply, const char *request_id);

const char *gm_problem_title (guint status);

G_END_DECLS
