/* importer.h - import (publish/import.h) into the store's own database.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "catalog/asset.h"
#include "publish/import.h"
#include "server/service.h"

G_BEGIN_DECLS

typedef struct
{
  const char *folder;
  const char *artist;  /* of files that do not say */
  gint64 price_units;  /* USDC, of files without a price */
  const GmAsset *like; /* (nullable) its type, tags and marks; else a plain track */
  gboolean quiet;      /* no line per file on stdout */
} GmImporterAsk;

gboolean gm_importer_run (GmService *service,
                          const GmImporterAsk *ask,
                          GmImportSummary *summary,
                          GCancellable *cancellable,
                          GError **error);

G_END_DECLS
