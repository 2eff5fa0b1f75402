/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/store-opening.h"

#include "app/session.h"
#include "app/store-file.h"
#include "base/error.h"
#include "evm/address.h"
#include "license-world.h"
#include "licenses/license-receipt.h"
#include "web/web-server.h"

typedef struct
{
  GmWorld *world;
  GmDescriptor *says;
  GmWebServer *web;
  GmStoreOpening opening;
} Scene;

static GmReply *
get_store (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  const Scene *scene = request->context;
  g_autoptr (GBytes) json = gm_descriptor_sign (scene->says, scene->world->owner, error);

  return json != NULL ? gm_reply_bytes (200, "application/json", json) : NULL;
}

static const GmRoute routes[] = {
  { .method = "GET", .path = "/api/store", .roles = GM_ROLE_ANYONE, .handler = get_store },
};

static GmDescriptor *
describe (const GmWorld *world)
{
  GmDescriptor *self = g_new0 (GmDescriptor, 1);

  self->api_version = GM_DESCRIPTOR_API_VERSION;
  self->name = g_strdup ("Store");
  self->owner = world->owner->address;
  self->issued_at = WORLD_NOW;
  self->chain_id = WORLD_CHAIN;
  self->issuer = world->issuer->address;
  gm_license_receipt_schema_uid (&self->license_schema);
  self->eas_version = g_strdup (GM_ATTESTATION_EAS_VERSION);
  self->threshold = 2;
  self->recovery_key = world->recovery_public;
  self->gateways = g_strsplit ("http://127.0.0.1:8085", " ", 0);
  self->holders = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_key_holder_free);
  for (guint i = 0; i < world->holders->len; i++)
    {
      const GmKeyHolder *holder = g_ptr_array_index (world->holders, i);

      g_ptr_array_add (self->holders, gm_key_holder_new (holder->id, "http://127.0.0.1:7101",
                                                         &holder->hpke_key, &holder->sign_key));
    }
  return self;
}

static void
scene_init (Scene *self)
{
  self->world = gm_world_new ();
  self->says = describe (self->world);
  self->web = gm_web_server_start (
      &(GmWebConfig){ .routes = routes, .n_routes = G_N_ELEMENTS (routes), .context = self }, NULL);
  self->opening.http = gm_http_new ("test");
  self->opening.url = g_strdup_printf ("http://127.0.0.1:%u", gm_web_server_port (self->web));
  self->opening.owner = gm_address_dup_text (&self->world->owner->address);
  self->opening.data = g_dir_make_tmp ("gm-opening-XXXXXX", NULL);
  self->opening.cache = g_strdup (self->opening.data);
}

static void
scene_clear (Scene *self)
{
  gm_world_remove_folder (self->opening.data);
  gm_web_server_stop (self->web);
  gm_http_free (self->opening.http);
  gm_descriptor_free (self->says);
  gm_world_free (self->world);
  g_free (self->opening.url);
  g_free (self->opening.owner);
  g_free (self->opening.data);
  g_free (self->opening.cache);
}

static GmOpenedStore *
open_store (Scene *self)
{
  g_autoptr (GError) error = NULL;
  GmOpenedStore *opened = gm_store_opening_run (&self->opening, NULL, &error);

  g_assert_no_error (error);
  return opened;
}

static int
renew (Scene *self)
{
  g_autoptr (GError) error = NULL;

  gm_store_opening_renew (&self->opening, NULL, &error);
  return error != NULL ? error->code : -1;
}

static void
assert_kept_issuer (Scene *self, const GmAddress *issuer)
{
  g_autoptr (GmDescriptor) kept = gm_store_file_load (self->opening.data, self->opening.url, NULL,
                                                      NULL);

  g_assert_true (gm_address_equal (&kept->issuer, issuer));
}

/* The pinned owner signed it, and a person is asked nevertheless; the answer counts. */
static void
test_changed (void)
{
  Scene s = { 0 };
  g_autoptr (GError) error = NULL;
  GmStoreOffer *offer;

  scene_init (&s);
  gm_opened_store_free (open_store (&s));
  s.says->issued_at++;
  g_assert_cmpint (renew (&s), ==, -1);
  offer = gm_store_opening_probe (&s.opening, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (offer->is_changed);
  gm_store_offer_free (offer);

  s.says->issuer = s.world->stranger->address;
  g_assert_cmpint (renew (&s), ==, GM_ERROR_CONFLICT);
  assert_kept_issuer (&s, &s.world->issuer->address);
  offer = gm_store_opening_probe (&s.opening, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (offer->is_changed);

  gm_store_file_forget (s.opening.data, offer->url);
  gm_store_offer_free (offer);
  gm_opened_store_free (open_store (&s));
  g_assert_cmpint (renew (&s), ==, -1);
  assert_kept_issuer (&s, &s.world->stranger->address);
  scene_clear (&s);
}

static void
test_older (void)
{
  Scene s = { 0 };

  scene_init (&s);
  gm_opened_store_free (open_store (&s));
  s.says->issued_at--;
  g_assert_cmpint (renew (&s), ==, GM_ERROR_BAD_DATA);
  scene_clear (&s);
}

static void
test_typed (void)
{
  static const struct
  {
    const char *typed;
    const char *meant;
  } cases[] = {
    { "store.example", "https://store.example" },
    { " https://store.example/ ", "https://store.example" },
    { "store.example//", "https://store.example" },
    { "localhost:8085/", "http://localhost:8085" },
    { "127.0.0.1:8085", "http://127.0.0.1:8085" },
    { "https://store.example/music", "https://store.example/music" }, /* refused later, as it is */
    { "https://", "https://" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *meant = gm_store_opening_complete (cases[i].typed);

      g_assert_cmpstr (meant, ==, cases[i].meant);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-opening/another-key-is-taken-when-a-person-says-so", test_changed);
  g_test_add_func ("/store-opening/an-older-descriptor-is-refused", test_older);
  g_test_add_func ("/store-opening/a-typed-address-is-completed", test_typed);
  return g_test_run ();
}
