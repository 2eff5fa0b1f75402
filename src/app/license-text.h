/* license-text.h - the words of a license, found by the hash that its receipt names.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* NULL when it is a text this program does not have. */
char *gm_license_text_dup (const char *license_hash);

G_END_DECLS
