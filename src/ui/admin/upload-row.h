/* upload-row.h - one file on its way: how far it is, what the store found out, publish.
 *
 * Signal "remove": the person is done with it.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/upload-job.h"

G_BEGIN_DECLS

#define GM_TYPE_UPLOAD_ROW (gm_upload_row_get_type ())
G_DECLARE_FINAL_TYPE (GmUploadRow, gm_upload_row, GM, UPLOAD_ROW, GtkWidget)

GtkWidget *gm_upload_row_new (GmUploadJob *job);
GmUploadJob *gm_upload_row_get_job (GmUploadRow *self);

G_END_DECLS
