/* provider.h - a way to pay: five blocking functions over one purchase.
 *
 *   quote      pure: what it costs, how long that holds
 *   authorize  builds and signs; sends nothing; the caller persists before submit
 *   submit     idempotent: the same signed bytes, any number of times
 *   track      one observation; the state comes from the other side, never from memory
 *   receipt    the license, when the payment is RECORDED
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "licenses/license.h"
#include "payments/order.h"
#include "payments/purchase.h"

G_BEGIN_DECLS

typedef struct
{
  GmPurchaseState state;
  char *note;    /* (nullable) a sentence for a failure */
  guint next_ms; /* ask again after this; 0: nothing more will change by itself */
} GmObservation;

void gm_observation_clear (GmObservation *observation);

typedef struct _GmProvider GmProvider;
struct _GmProvider
{
  const char *id;      /* "mock" */
  gboolean test_money; /* shown as TEST MONEY everywhere */

  gboolean (*quote) (GmProvider *self, GmPurchase *purchase, GError **error);
  GmOrder *(*authorize) (GmProvider *self,
                         const GmOrderTerms *terms,
                         const GmPurchase *purchase,
                         const GmSigner *buyer,
                         GError **error);
  gboolean (*submit) (GmProvider *self,
                      const GmPurchase *purchase,
                      GCancellable *cancellable,
                      GError **error);
  gboolean (*track) (GmProvider *self,
                     const GmPurchase *purchase,
                     GmObservation *out,
                     GCancellable *cancellable,
                     GError **error);
  GmLicense *(*receipt) (GmProvider *self,
                         const GmPurchase *purchase,
                         GCancellable *cancellable,
                         GError **error);
  void (*free) (GmProvider *self);
};

void gm_provider_free (GmProvider *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmProvider, gm_provider_free)

G_END_DECLS
