/* secret-view.h - recovery words or a private key, hidden until "Show" is pressed.
 *
 * Hidden, there is nothing of it in the widgets. The labels cannot be selected, so it never is the
 * primary selection by accident; "Copy" puts it on the clipboard for a minute.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "base/secret.h"

G_BEGIN_DECLS

#define GM_TYPE_SECRET_VIEW (gm_secret_view_get_type ())
G_DECLARE_FINAL_TYPE (GmSecretView, gm_secret_view, GM, SECRET_VIEW, GtkWidget)

/* @n_words is 0 for a key. Holds on to @secret until it goes. */
void gm_secret_view_set (GmSecretView *self, GmSecret *secret, guint n_words);

G_END_DECLS
