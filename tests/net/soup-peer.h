/* soup-peer.h - a real HTTP server in a thread of the test, and a raw one for what HTTP forbids.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _GmSoupPeer GmSoupPeer;

/* @handler runs on the server's thread for every path. */
GmSoupPeer *gm_soup_peer_new (SoupServerCallback handler, gpointer user_data);
char *gm_soup_peer_dup_url (GmSoupPeer *self, const char *path); /* http://127.0.0.1:port/path */
void gm_soup_peer_free (GmSoupPeer *self);

/* Answers every connection with these bytes and then closes it, or keeps it open and silent. */
GmSoupPeer *gm_soup_peer_new_raw (const char *bytes, gssize length, gboolean then_silence);

/* A port of 127.0.0.1 nobody listens on. */
char *gm_soup_peer_dup_dead_url (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmSoupPeer, gm_soup_peer_free)

G_END_DECLS
