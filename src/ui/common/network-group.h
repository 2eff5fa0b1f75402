/* network-group.h - which networks the wallet uses, and through whose nodes.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/settings.h"

G_BEGIN_DECLS

GtkWidget *gm_network_group_new (GmSettings *settings); /* an AdwPreferencesGroup */

G_END_DECLS
