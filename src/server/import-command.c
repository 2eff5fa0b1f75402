/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/error.h"
#include "server/importer.h"
#include "server/server-cli.h"

#define USUAL_PRICE_UNITS 5000000 /* 5 USDC */

gboolean
gm_import_command (GmServerCall *call, GError **error)
{
  g_autoptr (GmService) service = gm_service_open (g_steal_pointer (&call->config), error);
  GmImportSummary summary = { 0 };

  if (service == NULL || !gm_importer_run (service,
                                           &(GmImporterAsk){ .folder = call->arguments[0],
                                                             .artist = "Unknown Artist",
                                                             .price_units = USUAL_PRICE_UNITS },
                                           &summary, NULL, error))
    return FALSE;
  g_print ("%u added, %u already there, %u failed, %u ignored\n", summary.added, summary.duplicates,
           summary.failed, summary.ignored);
  return summary.failed == 0 ||
         gm_fail (error, GM_ERROR_BAD_DATA, "not every file was taken; the reasons are above");
}
