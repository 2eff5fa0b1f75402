/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/store-opening.h"

#include <glib/gstdio.h>
#include <string.h>

#include "app/local-store.h"
#include "app/session.h"
#include "app/store-file.h"
#include "base/error.h"
#include "catalog/catalog-db.h"
#include "evm/address.h"

void
gm_store_opening_free (gpointer data)
{
  GmStoreOpening *opening = data;

  g_free (opening->url);
  g_free (opening->owner);
  g_free (opening->data);
  g_free (opening->cache);
  g_free (opening);
}

void
gm_opened_store_free (gpointer data)
{
  GmOpenedStore *opened = data;

  g_clear_pointer (&opened->client, gm_store_client_unref);
  g_clear_pointer (&opened->descriptor, gm_descriptor_free);
  g_free (opened->cache);
  g_free (opened);
}

/* No scheme means https, and plain http is for this machine. An origin ends without a slash. */
char *
gm_store_opening_complete (const char *typed)
{
  g_autofree char *address = g_strstrip (g_strdup (typed));
  g_autofree char *plain = NULL;

  while (g_str_has_suffix (address, "/") && !g_str_has_suffix (address, "://"))
    address[strlen (address) - 1] = '\0';
  plain = g_strconcat ("http://", address, NULL);
  if (strstr (address, "://") != NULL)
    return g_steal_pointer (&address);
  if (gm_local_store_is_loopback (plain))
    return g_steal_pointer (&plain);
  return g_strconcat ("https://", address, NULL);
}

/* @kept (nullable): what a person trusts already. */
static GmDescriptor *
ask_store (const GmStoreOpening *opening,
           GmStoreClient *client,
           const GmAddress *pinned,
           const GmDescriptor *kept,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GmDescriptor) descriptor = gm_store_client_descriptor (client, pinned, &json,
                                                                    cancellable, error);

  if (descriptor == NULL ||
      (kept != NULL && !gm_descriptor_check_change (kept, descriptor, error)) ||
      !gm_store_file_save (opening->data, gm_store_client_origin (client), json, error))
    return NULL;
  return g_steal_pointer (&descriptor);
}

static gboolean
prepare_cache (const GmStoreOpening *opening, GmOpenedStore *opened, GError **error)
{
  g_autofree char *id = gm_descriptor_dup_id (opened->descriptor);
  g_autofree char *name = g_strdup_printf ("cache-%s.db", id);
  g_autoptr (GmSql) sql = NULL;

  opened->cache = g_build_filename (opening->cache, name, NULL);
  sql = gm_catalog_db_open (opened->cache, error);
  if (sql == NULL)
    return FALSE;
  opened->was_unclean = gm_sql_was_open (sql);
  return TRUE;
}

gpointer
gm_store_opening_run (gpointer data, GCancellable *cancellable, GError **error)
{
  const GmStoreOpening *opening = data;
  GmOpenedStore *opened = g_new0 (GmOpenedStore, 1);
  GmAddress pinned;

  if (gm_address_parse (opening->owner, &pinned, error))
    opened->client = gm_store_client_new (opening->http, opening->url, error);
  if (opened->client != NULL)
    {
      opened->descriptor = gm_store_file_load (
          opening->data, gm_store_client_origin (opened->client), &pinned, NULL);
      opened->from_file = opened->descriptor != NULL;
      if (!opened->from_file)
        opened->descriptor = ask_store (opening, opened->client, &pinned, NULL, cancellable, error);
    }
  if (opened->descriptor != NULL && prepare_cache (opening, opened, error))
    return opened;

  gm_opened_store_free (opened);
  return NULL;
}

void
gm_store_offer_free (GmStoreOffer *offer)
{
  g_free (offer->url);
  g_free (offer->name);
  g_free (offer->owner);
  g_free (offer->fingerprint);
  g_free (offer);
}

gpointer
gm_store_opening_probe (gpointer data, GCancellable *cancellable, GError **error)
{
  const GmStoreOpening *opening = data;
  g_autoptr (GmStoreClient) client = gm_store_client_new (opening->http, opening->url, error);
  g_autoptr (GmDescriptor) descriptor = NULL;
  g_autoptr (GmDescriptor) kept = NULL;
  GmStoreOffer *offer;

  descriptor = client != NULL ? gm_store_client_descriptor (client, NULL, NULL, cancellable, error)
                              : NULL;
  if (descriptor == NULL)
    return NULL;

  offer = g_new0 (GmStoreOffer, 1);
  kept = gm_store_file_load (opening->data, gm_store_client_origin (client), NULL, NULL);
  offer->url = g_strdup (gm_store_client_origin (client));
  offer->name = g_strdup (descriptor->name);
  offer->owner = gm_address_dup_text (&descriptor->owner);
  offer->fingerprint = gm_descriptor_dup_fingerprint (descriptor);
  offer->is_local = gm_descriptor_is_local (descriptor);
  offer->is_changed = kept != NULL && !gm_descriptor_check_change (kept, descriptor, NULL);
  return offer;
}

gpointer
gm_store_opening_renew (gpointer data, GCancellable *cancellable, GError **error)
{
  const GmStoreOpening *opening = data;
  g_autoptr (GmStoreClient) client = gm_store_client_new (opening->http, opening->url, error);
  g_autoptr (GmDescriptor) kept = NULL;
  g_autoptr (GmDescriptor) descriptor = NULL;
  GmAddress pinned;

  if (client == NULL || !gm_address_parse (opening->owner, &pinned, error))
    return NULL;
  kept = gm_store_file_load (opening->data, gm_store_client_origin (client), &pinned, error);
  if (kept == NULL)
    return NULL;
  descriptor = ask_store (opening, client, &pinned, kept, cancellable, error);
  return descriptor != NULL ? GM_WORKER_OK : NULL;
}

gpointer
gm_store_opening_check (gpointer data, GCancellable *cancellable, GError **error)
{
  const char *path = data;
  g_autoptr (GmSql) sql = gm_catalog_db_open (path, error);

  if (sql == NULL)
    return NULL;
  if (gm_sql_check (sql, error))
    return GM_WORKER_OK;

  g_clear_pointer (&sql, gm_sql_close);
  g_unlink (path); /* disposable: the sync makes a new one */
  return NULL;
}
