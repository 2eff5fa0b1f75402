/* window-keys.h - keys that work everywhere in the window, and typing that searches.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/window.h"

G_BEGIN_DECLS

void gm_window_keys_attach (GmWindow *window);

G_END_DECLS
