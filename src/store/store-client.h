/* store-client.h - the application's side of a store's API: address, sign-in, calls.
 *
 * Any thread. Blocks. The sign-in text is composed here from the origin we are connected to
 * (PROTOCOLS A17), so a store cannot get a signature for another one.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "net/http.h"
#include "store/descriptor.h"

G_BEGIN_DECLS

typedef struct _GmStoreClient GmStoreClient;

/* @origin is "http://127.0.0.1:8085" or "https://…": http only to loopback, else BAD_DATA. */
GmStoreClient *gm_store_client_new (GmHttp *http, const char *origin, GError **error);
GmStoreClient *gm_store_client_ref (GmStoreClient *self);
void gm_store_client_unref (GmStoreClient *self);

const char *gm_store_client_origin (GmStoreClient *self);
GmHttp *gm_store_client_http (GmStoreClient *self);

GmDescriptor *gm_store_client_descriptor (GmStoreClient *self,
                                          const GmAddress *pinned,
                                          GBytes **json, /* (nullable) as signed, to keep */
                                          GCancellable *cancellable,
                                          GError **error);

/* SIWE; keeps the token and answers the roles of the address ("buyer", "admin", …). */
char **gm_store_client_sign_in (GmStoreClient *self,
                                guint64 chain_id,
                                const GmSigner *signer,
                                GCancellable *cancellable,
                                GError **error);
/* Signing out is two steps, so that the first is done at once: here the token is forgotten, and
 * whoever takes it (nullable) tells the store to forget it, too. One it does not know is fine. */
char *gm_store_client_take_token (GmStoreClient *self);
gboolean gm_store_client_sign_out (GmStoreClient *self,
                                   const char *token,
                                   GCancellable *cancellable,
                                   GError **error);
char *gm_store_client_dup_token (GmStoreClient *self); /* (nullable) */

/* @path starts with "/api/". */
JsonObject *gm_store_client_get (GmStoreClient *self,
                                 const char *path,
                                 GCancellable *cancellable,
                                 GError **error);
/* @key (nullable) is the Idempotency-Key. Takes @body. */
JsonObject *gm_store_client_send (GmStoreClient *self,
                                  const char *method,
                                  const char *path,
                                  const char *key,
                                  JsonObject *body,
                                  GCancellable *cancellable,
                                  GError **error);

/* The same with headers of one's own (name, value, …, NULL). */
JsonObject *gm_store_client_send_with (GmStoreClient *self,
                                       const char *method,
                                       const char *path,
                                       const char *const *headers,
                                       JsonObject *body,
                                       GCancellable *cancellable,
                                       GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmStoreClient, gm_store_client_unref)

G_END_DECLS
