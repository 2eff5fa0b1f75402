/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/review.h"

#include <string.h>

#include "app/outside-text.h"
#include "base/error.h"
#include "base/json.h"
#include "evm/address.h"
#include "evm/typed-data.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static const GmReviewContext context = { .chain_id = 8453, .account = { { 0x70 } } };

static GmReview *
review (const GmSignable *what)
{
  g_autoptr (GError) error = NULL;
  GmReview *self = gm_review_new (what, &context, &error);

  if (self == NULL)
    {
      g_assert_true (error->code == GM_ERROR_BAD_DATA || error->code == GM_ERROR_DENIED);
      return NULL;
    }
  g_assert_true (gm_outside_text_is_plain (gm_review_get_sentence (self)));
  return self;
}

/* What is shown whole is what is signed. */
static void
check_typed_data (JsonObject *typed_data)
{
  g_autoptr (GmReview) self = review (
      &(GmSignable){ GM_SIGNABLE_TYPED_DATA, .typed_data = typed_data });
  g_autoptr (GBytes) raw = NULL;
  g_autoptr (JsonObject) again = NULL;
  g_autoptr (GError) error = NULL;
  GmHash signed_, shown;

  if (self == NULL)
    return;
  raw = g_bytes_new (gm_review_get_raw (self), strlen (gm_review_get_raw (self)));
  again = gm_json_parse_object (raw, G_MAXSIZE, &error);
  g_assert_no_error (error);
  g_assert_true (gm_typed_data_digest (typed_data, &signed_, NULL));
  g_assert_true (gm_typed_data_digest (again, &shown, &error));
  g_assert_true (gm_hash_equal (&signed_, &shown));
}

/* Anything but JSON is taken for a call of a token. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (JsonObject) typed_data = gm_json_parse_object (bytes, 64 * 1024, NULL);
  g_autoptr (GmTx) tx = NULL;
  g_autoptr (GmReview) self = NULL;

  if (typed_data != NULL)
    {
      check_typed_data (typed_data);
      return 0;
    }
  tx = gm_tx_new (GM_TX_FEE_MARKET);
  tx->chain_id = context.chain_id;
  g_assert_true (gm_address_parse ("0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", &tx->to, NULL));
  g_bytes_unref (tx->data);
  tx->data = g_bytes_ref (bytes);
  self = review (&(GmSignable){ GM_SIGNABLE_TX, .tx = tx });
  return 0;
}
