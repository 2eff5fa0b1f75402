/* purchase.h - the life of one purchase at the client, from price to music.
 *
 *   QUOTED ─▶ AUTHORIZED ─▶ SUBMITTED ─▶ SOURCE_SEEN ─▶ FILLED ─▶ RECORDED ─▶ FINAL
 *      │           │            │             │           │
 *      └───────────┴── EXPIRED ─┴─ FAILED     └───────────┴─▶ REFUND_PENDING ─▶ REFUNDED
 *   Anything sent and not understood: ATTENTION, which a later observation resolves. What a reorg
 *   took back goes to SUBMITTED again. Steps may be skipped forwards: a provider reports what it
 *   sees, and the mock sees everything at once.
 *
 * The state is stored and synced before each effect outside this machine. Delivery starts when the
 * payment is RECORDED:  NONE ─▶ LICENSED ─▶ MASTER ─▶ READY.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/record.h"

G_BEGIN_DECLS

typedef enum
{
  GM_PURCHASE_QUOTED,
  GM_PURCHASE_AUTHORIZED,
  GM_PURCHASE_SUBMITTED,
  GM_PURCHASE_SOURCE_SEEN,
  GM_PURCHASE_FILLED,
  GM_PURCHASE_RECORDED,
  GM_PURCHASE_FINAL,
  GM_PURCHASE_EXPIRED,
  GM_PURCHASE_REFUND_PENDING,
  GM_PURCHASE_REFUNDED,
  GM_PURCHASE_FAILED,
  GM_PURCHASE_ATTENTION,
  GM_PURCHASE_N_STATES,
} GmPurchaseState;

typedef enum
{
  GM_DELIVERY_NONE,
  GM_DELIVERY_LICENSED, /* the receipt is ours and stored */
  GM_DELIVERY_MASTER,   /* the ciphertext is here and is the CID */
  GM_DELIVERY_READY,    /* the key is here: it plays */
} GmDelivery;

typedef struct
{
  char *id;    /* ULID */
  char *store; /* id of the descriptor */
  char *asset_id;
  char *asset; /* ULID of the store's row */
  char *title; /* for the list of purchases */
  char *artist;
  char *artwork; /* (nullable) */
  gint64 duration_ms;
  char *buyer;
  char *provider;
  gint64 amount_units;
  char *currency;
  gint64 quoted_until; /* ms */
  gint64 state;        /* GmPurchaseState */
  gint64 delivery;     /* GmDelivery */
  gboolean live;       /* unique per (store, asset_id, buyer) while TRUE */
  char *manifest_hash; /* (nullable) until authorized */
  char *envelope_hash; /* (nullable) */
  char *order_id;      /* (nullable) */
  char *order_json;    /* (nullable) the signed order, GmOrder's JSON */
  char *delegate_json; /* (nullable) the signed KeyDelegate */
  GBytes *session_box; /* (nullable) the session key, sealed to the library key */
  char *failure;       /* (nullable) a sentence */
  gint64 created_at;   /* ms */
  gint64 updated_at;
} GmPurchase;

extern const GmRecordType gm_purchase_type;

void gm_purchase_free (GmPurchase *purchase);

gboolean gm_purchase_may_go (GmPurchaseState from, GmPurchaseState to);
gboolean gm_purchase_is_live (GmPurchaseState state);     /* a new attempt must wait */
gboolean gm_purchase_is_paid (GmPurchaseState state);     /* RECORDED or FINAL */
const char *gm_purchase_state_id (GmPurchaseState state); /* "quoted", for logs and tests */

/* The one list of words for steps, translated: "Payment submitted…", "Bridging to Base…",
 * "Executing purchase…", "Purchase complete!" and those around them. */
const char *gm_purchase_state_words (GmPurchaseState state, GmDelivery delivery);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmPurchase, gm_purchase_free)

G_END_DECLS
