/* revocation-source.h - the newest revocation list of an attester, from its file or URL.
 *
 * A file is read each time; a URL at most once a minute, and when it does not answer the list at
 * hand goes on until its 24 hours are over. Any thread.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "licenses/revocation.h"
#include "net/http.h"

G_BEGIN_DECLS

typedef struct _GmRevocationSource GmRevocationSource;

GmRevocationSource *gm_revocation_source_new (GmHttp *http);
void gm_revocation_source_free (GmRevocationSource *self);

GmRevocationList *gm_revocation_source_fetch (GmRevocationSource *self,
                                              const char *where,
                                              gint64 now_unix,
                                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmRevocationSource, gm_revocation_source_free)

G_END_DECLS
