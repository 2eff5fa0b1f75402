/* session.h - everything a running application holds: workers, store, wallet, library.
 *
 * Read-only properties: "state" (GmSessionState), "store-name" (s), "store-url" (s),
 * "fingerprint" (s: of its owner), "test-money" (b), "signed-in" (b), "is-admin" (b: may edit and
 * upload), "error" (GError boxed or NULL), and the objects "account", "settings", "sync",
 * "library", "catalog", "marks", "signing-desk". Signal "store-changed": sync and descriptor are
 * others now.
 *
 * Works with the store down: the cache, the ledger and the masters are here. Verbs answer by GmDone
 * on the main thread.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/account.h"
#include "app/activity.h"
#include "app/catalog-model.h"
#include "app/library-model.h"
#include "app/settings.h"
#include "app/signing-desk.h"
#include "app/sync-job.h"

G_BEGIN_DECLS

typedef enum
{
  GM_SESSION_NO_STORE, /* first run: ask for an address */
  GM_SESSION_OPENING,
  GM_SESSION_OPEN,   /* the pinned descriptor is known; sync says whether the store answers */
  GM_SESSION_FAILED, /* see error */
} GmSessionState;

#define GM_TYPE_SESSION_STATE (gm_session_state_get_type ())
GType gm_session_state_get_type (void);

#define GM_TYPE_SESSION (gm_session_get_type ())
G_DECLARE_FINAL_TYPE (GmSession, gm_session, GM, SESSION, GObject)

/* What a person decides on before a store is added. */
typedef struct
{
  char *url;
  char *name;
  char *owner;         /* address */
  char *fingerprint;   /* "4F2A 91C0 …" */
  gboolean is_local;   /* test money */
  gboolean is_changed; /* not what was added at this address: another owner, issuer or key */
} GmStoreOffer;

void gm_store_offer_free (GmStoreOffer *offer); /* in store-opening.c, which makes them */

/* NULL folders are the XDG ones. */
GmSession *
gm_session_new (const char *data, const char *cache, GmSettings *settings, GError **error);

/* Opens the chosen store, from its kept descriptor when it does not answer. */
void gm_session_open (GmSession *self);
/* Asks an address who it is: @done gets a GmStoreOffer. */
void gm_session_probe (GmSession *self, const char *url, GObject *owner, GmDone done);
/* Pins the owner of the offer and opens it. */
void gm_session_add_store (GmSession *self, const GmStoreOffer *offer);
/* Happens by itself when the wallet is unlocked, when the store opens, and when a purchase needs
 * it. LOCKED while the wallet is: then it happens when that is unlocked. */
void gm_session_sign_in (GmSession *self, GObject *owner, GmDone done);
/* Out at once; @done says whether the store could be told (else what it gave ends after a day).
 * Locking and unlocking does not undo it: out stays out until a person signs in or buys, another
 * store opens, or the application starts again. */
void gm_session_sign_out (GmSession *self, GObject *owner, GmDone done);

/* Every purchase, a GListModel of GmBuyJob, newest first (see purchases.h); unfinished ones
 * continue by themselves. */
GListModel *gm_session_get_purchases (GmSession *self);

/* For app/: */
GmAccount *gm_session_get_account (GmSession *self);
GmSigningDesk *gm_session_get_desk (GmSession *self);
GmCatalogModel *gm_session_get_catalog (GmSession *self);
GmLibraryModel *gm_session_get_library (GmSession *self);
GmActivity *gm_session_get_activity (GmSession *self);
GmAssetMarks *gm_session_get_marks (GmSession *self);
GmSettings *gm_session_get_settings (GmSession *self);
GmSyncJob *gm_session_get_sync (GmSession *self); /* (nullable) */

G_END_DECLS
