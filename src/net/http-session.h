/* http-session.h - one message sent by rules on redirects and time; http.c reads its body.
 *
 * libsoup has one time limit per session and one proxy, so there is a session for each limit in
 * use, and loopback never goes through a proxy.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

#include "net/http.h"

G_BEGIN_DECLS

struct _GmHttp
{
  char *user_agent;
  GMutex lock;
  GHashTable *sessions; /* guarded by lock: timeout * 2 + is loopback → SoupSession */
};

/* Follows redirects; @message gets the one that was answered. @range_from adds a Range header and
 * turns off content coding. */
GInputStream *gm_http_session_send (GmHttp *self,
                                    const GmHttpAsk *ask,
                                    gint64 range_from,
                                    SoupMessage **message,
                                    GCancellable *cancellable,
                                    GError **error);

G_END_DECLS
