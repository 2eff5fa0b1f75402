/* nonce-window.h - requests answered already, remembered as long as they could be sent again.
 *
 * Any thread. Bounded: when full of unexpired nonces, new ones are refused until some expire.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/bytes.h"

G_BEGIN_DECLS

#define GM_NONCE_WINDOW_MAX 20000

typedef struct _GmNonceWindow GmNonceWindow;

GmNonceWindow *gm_nonce_window_new (void);
void gm_nonce_window_free (GmNonceWindow *self);

/* DENIED when @nonce was taken before, or there is no room. */
gboolean gm_nonce_window_take (GmNonceWindow *self,
                               const GmHash *nonce,
                               gint64 expires_at,
                               gint64 now_unix,
                               GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmNonceWindow, gm_nonce_window_free)

G_END_DECLS
