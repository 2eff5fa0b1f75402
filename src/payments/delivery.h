/* delivery.h - from a paid order to music that plays: license, ciphertext, key.
 *
 * Each step moves the purchase by one GmDelivery, and is done when it returns: twice does nothing
 * twice. Nothing here needs the wallet.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "payments/buy.h"

G_BEGIN_DECLS

gboolean
gm_delivery_license (GmTill *till, GmPurchase *purchase, GCancellable *cancellable, GError **error);
gboolean
gm_delivery_master (GmTill *till, GmPurchase *purchase, GCancellable *cancellable, GError **error);
gboolean
gm_delivery_key (GmTill *till, GmPurchase *purchase, GCancellable *cancellable, GError **error);

/* That an attestation is the license for exactly this signed order. */
gboolean gm_delivery_check_license (const GmLicense *license,
                                    const GmOrder *order,
                                    const GmDescriptor *descriptor,
                                    GError **error);

G_END_DECLS
