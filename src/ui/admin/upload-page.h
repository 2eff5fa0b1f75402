/* upload-page.h - drop music here: sent, processed by the store, checked, published.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/session.h"

G_BEGIN_DECLS

#define GM_TYPE_UPLOAD_PAGE (gm_upload_page_get_type ())
G_DECLARE_FINAL_TYPE (GmUploadPage, gm_upload_page, GM, UPLOAD_PAGE, AdwBin)

GtkWidget *gm_upload_page_new (GmSession *session);

/* Files, and what is in folders. */
void gm_upload_page_add (GmUploadPage *self, GFile *file);

G_END_DECLS
