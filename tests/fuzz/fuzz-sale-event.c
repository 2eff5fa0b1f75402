/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chain/sale-event.h"

#include "base/json.h"
#include "chain/contract-error.h"

#define MAX_BYTES (1024 * 1024)

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* A log of a node: whatever it says, it is read as one event at most, and its data is one sentence.
 */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (JsonNode) root = gm_json_parse ((const char *) data, size, MAX_BYTES, NULL);
  g_autoptr (GmTxLog) log = root != NULL ? gm_tx_log_parse (root, NULL) : NULL;
  guint n = 0;

  if (log == NULL)
    return 0;
  for (GmSaleEventKind kind = 0; kind < GM_SALE_N_EVENTS; kind++)
    {
      g_autoptr (GError) error = NULL;
      GmSaleEvent event;

      if (gm_sale_event_decode (kind, &log->contract, log, &event, &error))
        {
          n++;
          g_assert_true (event.reason == NULL || g_utf8_validate (event.reason, -1, NULL));
          gm_sale_event_clear (&event);
        }
      else
        g_assert_nonnull (error);
    }
  g_assert_cmpuint (n, <=, 1);
  {
    g_autofree char *sentence = gm_contract_error_dup_sentence (log->data);

    g_assert_true (g_utf8_validate (sentence, -1, NULL));
  }
  return 0;
}
