/* raw-client.h - HTTP as bytes on a socket, for what a proper client would never send.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  guint status; /* 0: the connection ended without an answer */
  GHashTable *headers;
  char *body;
  gsize length;
} GmRawAnswer;

GSocketConnection *gm_raw_connect (guint16 port);
void gm_raw_send (GSocketConnection *connection, const char *bytes, gssize length);
GmRawAnswer *gm_raw_read (GSocketConnection *connection, gboolean head_only);
GmRawAnswer *gm_raw_ask (guint16 port, const char *request); /* connect, send, read, close */
const char *gm_raw_header (GmRawAnswer *answer, const char *lower_case_name);
void gm_raw_answer_free (GmRawAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmRawAnswer, gm_raw_answer_free)

G_END_DECLS
