/* web-limits.h - what a request may be at most; applied before any handler runs.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#define GM_LIMIT_TARGET_BYTES 4096 /* path and query as sent */
#define GM_LIMIT_QUERY_BYTES  2048
#define GM_LIMIT_QUERY_ITEMS  32
#define GM_LIMIT_SEGMENTS     8
#define GM_LIMIT_HEADERS      64
#define GM_LIMIT_HEADER_BYTES 8192  /* of one value */
#define GM_LIMIT_BODY_BYTES   65536 /* unless the route says otherwise */
#define GM_LIMIT_POOL_BYTES   16384 /* libmicrohttpd's memory of one connection: all headers */
#define GM_LIMIT_CONNECTIONS  1000
#define GM_LIMIT_IDLE_SECONDS 30  /* a stalled half-request ends then */
#define GM_LIMIT_WAITERS      500 /* long polls; more are answered at once */
#define GM_LIMIT_THREADS      8
#define GM_LIMIT_BACKLOG      256   /* requests waiting for a thread; more get 503 */
#define GM_LIMIT_RATE_CLIENTS 10000 /* remembered by one rate table */
