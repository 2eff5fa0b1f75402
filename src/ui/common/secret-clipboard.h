/* secret-clipboard.h - a secret on the clipboard: for a minute, and never on a disk.
 *
 * It stays in guarded memory until somebody pastes it. After a minute the clipboard is cleared if
 * it still holds it, also when the screen that copied it is gone, and at once when the application
 * ends: no clipboard manager is asked to keep it, and those that keep a history are told not to.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "base/secret.h"

G_BEGIN_DECLS

void gm_secret_clipboard_copy (GdkClipboard *clipboard, GmSecret *text);

void gm_secret_clipboard_set_delay_for_test (guint ms);

G_END_DECLS
