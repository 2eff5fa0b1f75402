/* preferences.h - the store and how the window looks.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/session.h"

G_BEGIN_DECLS

/* A dialog, see compat.h. */
GtkWidget *gm_preferences_new (GmSession *session);

G_END_DECLS
