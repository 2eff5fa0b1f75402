/* keyring-row.h - a switch: the wallet opens with this computer's keyring.
 *
 * Properties "account" (GmAccount, write), "limit" (u, write: the setting "keyring-limit"). What
 * the keyring said when it did not work stands where the explanation was, until the next try. A
 * locked wallet asks to be unlocked first.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/account.h"

G_BEGIN_DECLS

#define GM_TYPE_KEYRING_ROW (gm_keyring_row_get_type ())
G_DECLARE_FINAL_TYPE (GmKeyringRow, gm_keyring_row, GM, KEYRING_ROW, AdwActionRow)

G_END_DECLS
