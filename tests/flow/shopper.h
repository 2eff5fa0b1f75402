/* shopper.h - one installation of the application without its window: wallet, ledger, masters.
 *
 * Its folder is all that survives; every start is a new process or a new GmTill.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "payments/buy.h"

typedef struct
{
  char *folder;
  GmHttp *http;
  GmSigner *wallet;
  GmStoreClient *store;
  GmDescriptor *descriptor;
  GmProvider *provider;
  GmSecret *library_key;
  GmTill till;
} Shopper;

/* Makes wallet and library key on the first start, signs in. @origin NULL: the store is gone. */
Shopper *shopper_new (const char *folder, const char *origin);
void shopper_free (Shopper *self);

/* Buys @asset (a ULID), continuing what an earlier start began. */
gboolean shopper_buy (Shopper *self, const char *asset, GError **error);

/* The plaintext of the master of @asset_id, to its last byte, from folder and ledger alone. */
GBytes *shopper_open (Shopper *self, const char *asset_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Shopper, shopper_free)
