/* application.h - one process, one window; performs what widgets announce.
 *
 *   gotmusic [--store URL] [gotmusic://asset/<id>]
 *
 * --store offers that store through the dialog of a first run when it is not the chosen one; a
 * store on this machine is added at once when none was chosen yet. Links only show something.
 *
 * Actions ("app."): preview (s ULID), play (s asset id, owned), toggle, stop, next, previous,
 * seek (x ms), seek-by (x ms), open-asset (s ULID), buy (s ULID), resume (s purchase), unlock,
 * lock, create-wallet, sign-in, sign-out, show (s place, see places.h), sync, change-store, copy
 * (s), toast (s), preferences, shortcuts, about, quit. Of the window: search, back, sidebar.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define GM_TYPE_APPLICATION (gm_application_get_type ())
G_DECLARE_FINAL_TYPE (GmApplication, gm_application, GM, APPLICATION, AdwApplication)

GmApplication *gm_application_new (void);

G_END_DECLS
