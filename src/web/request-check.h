/* request-check.h - our own strictness in front of the HTTP library.
 *
 * Two parties that read one request differently is how requests are smuggled, so what could be read
 * in two ways is refused: two Hosts, a length beside chunks, a length given twice, a method that is
 * no token, control bytes anywhere (RFC 9110 §5.5, §7.2, RFC 9112 §6.3).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  const char *value;
  gsize name_length;
  gsize value_length;
} GmHeaderLine;

typedef struct
{
  const char *method;
  const char *target; /* path and query as sent */
  const char *version;
  const GmHeaderLine *lines;
  guint n_lines;
} GmRequestHead;

typedef struct
{
  gboolean has_body;
  gboolean chunked;
  guint64 length; /* when not chunked */
} GmFraming;

/* FALSE with the status to answer: 400, 413 … and words in @error. */
gboolean
gm_request_check (const GmRequestHead *head, GmFraming *framing, guint *status, GError **error);

G_END_DECLS
