/* qr-code.h - a text as a QR code, to be scanned from the screen.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Black on white in every theme, with the four modules of margin that readers need; NULL when the
 * text is too long. */
GdkTexture *gm_qr_code_new (const char *text, guint module_px);

G_END_DECLS
