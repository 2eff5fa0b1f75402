/* holder-set.h - three key holders beside an embedded store: their keys, policies and places.
 *
 * Makes credentials/holder-N.hpke and .sign, holders/holder-N.json (what a gotmusic-keynode serves)
 * and holders.json (what the store tells the world). Ports stay the same from start to start while
 * they are free. Promise 1 of the blueprint does not hold here: one machine holds all shares.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/service.h"

G_BEGIN_DECLS

#define GM_HOLDER_SET_SIZE      3
#define GM_HOLDER_SET_THRESHOLD 2

gboolean gm_holder_set_ensure (GmService *service, GError **error);
char *gm_holder_set_dup_policy (GmService *service, guint number); /* path; from 1 */

G_END_DECLS
