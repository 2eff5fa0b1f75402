/* new-password.h - a new password, twice, with a hint how good it is.
 *
 * Property "valid" (b): both are the same and not refused. Signal "activate": Enter when they are.
 * The texts are in GTK's guarded buffers until they are taken or the widget goes.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "base/secret.h"

G_BEGIN_DECLS

#define GM_TYPE_NEW_PASSWORD (gm_new_password_get_type ())
G_DECLARE_FINAL_TYPE (GmNewPassword, gm_new_password, GM, NEW_PASSWORD, GtkWidget)

gboolean gm_new_password_is_valid (GmNewPassword *self);
GmSecret *gm_new_password_dup (GmNewPassword *self);  /* (nullable) */
GmSecret *gm_new_password_take (GmNewPassword *self); /* (nullable) the fields are empty after it */

G_END_DECLS
