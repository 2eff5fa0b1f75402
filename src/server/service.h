/* service.h - the store as a whole: what every handler and job works on.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chain/deployment.h"
#include "licenses/key-envelope.h"
#include "server/database.h"
#include "server/server-config.h"
#include "storage/blob.h"
#include "web/web-server.h"

G_BEGIN_DECLS

typedef struct
{
  GmServerConfig *config;
  GmDatabase *database;
  GmBlob *blob;
  guint64 chain_id;         /* of this store: from 2^32, made once */
  GmDeployment *deployment; /* (nullable) its contracts, when it sells on a chain */
  char *eas_version;        /* with them, once the chain was asked */
  GmSigner *owner;
  GmSigner *issuer;
  GmHash recovery_key; /* X25519, public */
  GPtrArray *holders;  /* of GmKeyHolder; empty when none is set up */
  guint threshold;
  char *name;
  char **origins;    /* accepted in signed-in texts; the first is the store's own */
  gint64 started_at; /* unix s: the descriptor is issued then */
  GmWebServer *web;  /* (nullable) while it serves */
  void (*on_job) (gpointer user_data); /* (nullable) something changed: there may be a job */
  gpointer on_job_data;
} GmService;

/* Takes @config. Makes folders, keys and settings on the first call; the schema must be there. */
GmService *gm_service_open (GmServerConfig *config, GError **error);
/* Where it has contracts, asks the chain whether they are there: CONFLICT, NOT_FOUND or OFFLINE
 * says what is wrong. Before it serves. */
gboolean gm_service_check_chain (GmService *self, GError **error);
gboolean gm_service_start (GmService *self, GError **error);
void gm_service_close (GmService *self); /* stops serving first */

GmService *gm_service_of (const GmRequest *request);
const char *gm_service_origin (GmService *self);
/* What its descriptor names and a signed-in text must: that of its contracts, else its own. */
guint64 gm_service_chain_id (GmService *self);

/* Reads holders.json: { "threshold": 2, "holders": [ { id, url, hpkeKey, signKey } ] }; without the
 * file there are none. */
gboolean gm_service_load_holders (GmService *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmService, gm_service_close)

G_END_DECLS
