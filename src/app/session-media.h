/* session-media.h - covers, previews and waveforms of the open store.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/session.h"

G_BEGIN_DECLS

/* A public object of the store ("artwork/<sha256>.png"): @done gets GBytes, checked against its
 * name, from the local copy when there is one. */
void gm_session_fetch_media (GmSession *self, const char *name, GObject *owner, GmDone done);
char *gm_session_dup_media_url (GmSession *self, const char *name); /* (nullable) */
char *gm_session_dup_media_path (GmSession *self,
                                 const char *name); /* (nullable) when it is here */

G_END_DECLS
