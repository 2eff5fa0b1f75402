/* settings.h - what a person chose, kept by GSettings; in memory where its schema is not installed.
 *
 * Read-write properties, to bind: "store-url" (s), "store-owner" (s: the pinned address),
 * "demo-store" (b: the store of this machine was started from here), "own-nodes" (s: see
 * wallet-network.h), "test-networks" (b: the wallet shows test money too), "keyring-limit" (u:
 * coins, see signing-rules.h), "color-scheme" (s: system, light, dark), "volume" (d, 0 to 1,
 * cubic), "window-width", "window-height" (i), "window-maximized" (b). The schema
 * app.gotmusic.GotMusic has keys of the same names.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define GM_TYPE_SETTINGS          (gm_settings_get_type ())
#define GM_SETTINGS_KEYRING_LIMIT 50 /* default of "keyring-limit" */

G_DECLARE_FINAL_TYPE (GmSettings, gm_settings, GM, SETTINGS, GObject)

GmSettings *gm_settings_new (void);

char *gm_settings_dup_store_url (GmSettings *self);   /* "" when none was chosen yet */
char *gm_settings_dup_store_owner (GmSettings *self); /* "" or the pinned address */
void gm_settings_set_store (GmSettings *self, const char *url, const char *owner);

G_END_DECLS
