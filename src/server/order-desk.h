/* order-desk.h - from a signed order to a license, in steps that each commit alone.
 *
 *   place: open ──▶ pay: paid (failed, expired, refunded) ──▶ finish: licensed
 *
 * The order id is the hash of its terms, so placing twice is one row; paying what is not open
 * changes nothing; the license table has one row per order. Whatever dies in between, calling again
 * goes on, and gm_order_desk_finish_all() does so at every start.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "payments/order.h"
#include "server/service.h"

G_BEGIN_DECLS

GmOrder *gm_order_desk_find (GmSql *sql, const char *id, GError **error); /* NOT_FOUND */

/* BAD_DATA and DENIED: the order itself; CONFLICT: the offer is another one now. @created says
 * whether this call made the row. */
GmOrder *gm_order_desk_place (GmService *service,
                              GmWriter *writer,
                              GmOrder *order,
                              gboolean *created,
                              GError **error);

/* Test money: the outcome follows from @seed and the order id. */
GmOrder *gm_order_desk_pay_mock (GmWriter *writer, const char *id, gint64 seed, GError **error);

/* Issues the license of a paid order; any other is left as it is. */
gboolean gm_order_desk_finish (GmService *service, const char *id, GError **error);
gboolean gm_order_desk_finish_all (GmService *service, GError **error);

G_END_DECLS
