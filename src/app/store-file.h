/* store-file.h - a store's signed descriptor, kept so that the store may be away.
 *
 * DATA/stores/<hash of the address>.json is the signed text itself: what is read is verified again,
 * against the pinned owner.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/store-client.h"

G_BEGIN_DECLS

/* A person decided anew: what the store says next is trusted, if the pinned owner signed it. */
void gm_store_file_forget (const char *data, const char *url);
gboolean gm_store_file_save (const char *data, const char *url, GBytes *json, GError **error);
GmDescriptor *
gm_store_file_load (const char *data, const char *url, const GmAddress *pinned, GError **error);

G_END_DECLS
