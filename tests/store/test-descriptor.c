/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/descriptor.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "license-world.h"
#include "licenses/license-receipt.h"
#include "licenses/wire.h"

static GmDescriptor *
example (const GmWorld *world)
{
  GmDescriptor *self = g_new0 (GmDescriptor, 1);

  self->api_version = GM_DESCRIPTOR_API_VERSION;
  self->name = g_strdup ("Demo store");
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
      g_autofree char *url = g_strdup_printf ("http://127.0.0.1:710%u", i);

      g_ptr_array_add (self->holders,
                       gm_key_holder_new (holder->id, url, &holder->hpke_key, &holder->sign_key));
    }
  return self;
}

static void
test_round_trip (void)
{
  g_autoptr (GmWorld) world = gm_world_new ();
  g_autoptr (GmDescriptor) descriptor = example (world);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) json = gm_descriptor_sign (descriptor, world->owner, &error);
  g_autoptr (GmDescriptor) again = NULL;
  g_autofree char *id = NULL;
  g_autofree char *fingerprint = NULL;

  g_assert_no_error (error);
  again = gm_descriptor_parse (json, &world->owner->address, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->name, ==, "Demo store");
  g_assert_cmpuint (again->holders->len, ==, 3);
  g_assert_cmpstr (gm_descriptor_find_holder (again, "holder-2")->url, ==, "http://127.0.0.1:7101");
  g_assert_null (gm_descriptor_find_holder (again, "holder-4"));
  g_assert_true (gm_descriptor_is_local (again));
  id = gm_descriptor_dup_id (again);
  g_assert_cmpuint (strlen (id), ==, 16);
  fingerprint = gm_descriptor_dup_fingerprint (again);
  g_assert_cmpuint (strlen (fingerprint), ==, 8 * 4 + 7);
}

static void
test_signatures (void)
{
  g_autoptr (GmWorld) world = gm_world_new ();
  g_autoptr (GmDescriptor) descriptor = example (world);
  g_autoptr (GBytes) json = gm_descriptor_sign (descriptor, world->owner, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (gm_descriptor_parse (json, &world->stranger->address, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "another owner"));
  g_clear_error (&error);

  g_assert_null (gm_descriptor_sign (descriptor, world->stranger, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
}

/* Signed by a newer store that says more than we know: fine, as long as nobody touches it. */
static void
test_unknown_member (void)
{
  g_autoptr (GmWorld) world = gm_world_new ();
  g_autoptr (GmDescriptor) descriptor = example (world);
  g_autoptr (GBytes) json = gm_descriptor_sign (descriptor, world->owner, NULL);
  g_autoptr (JsonObject) object = gm_json_parse_object (json, 65536, NULL);
  g_autoptr (JsonObject) copy = json_object_new ();
  g_autoptr (GBytes) changed = NULL;
  g_autoptr (GError) error = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    json_object_set_member (copy, name, json_node_copy (node));
  json_object_set_string_member (copy, "motd", "hello");
  changed = gm_wire_encode (json_object_ref (copy), NULL);
  g_assert_null (gm_descriptor_parse (changed, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
}

static void
test_broken (void)
{
  static const struct
  {
    const char *from;
    const char *to;
    GmErrorCode code;
  } broken[] = {
    { "Demo store", "Fake store", GM_ERROR_DENIED },
    { "\"threshold\":2", "\"threshold\":1", GM_ERROR_DENIED },
    { "127.0.0.1:7101", "127.0.0.1:7109", GM_ERROR_DENIED },
    { "\"threshold\":2", "\"threshold\":0", GM_ERROR_BAD_DATA },
    { "\"threshold\":2", "\"threshold\":4", GM_ERROR_BAD_DATA },
    { "holder-2", "holder-1", GM_ERROR_BAD_DATA },
    { "http://127.0.0.1:7101", "file:///etc/passwd", GM_ERROR_BAD_DATA },
    { "http://127.0.0.1:8085", "http://u:p@127.0.0.1", GM_ERROR_BAD_DATA },
    { "http://127.0.0.1:8085", "http://127.0.0.1/?a", GM_ERROR_BAD_DATA },
    { "\"v\":1", "\"v\":2", GM_ERROR_BAD_DATA },
    { "\"chainId\":5", "\"chainId\":-5", GM_ERROR_BAD_DATA },
    { "\"signature\":\"0x", "\"signature\":\"", GM_ERROR_BAD_DATA },
  };
  g_autoptr (GmWorld) world = gm_world_new ();
  g_autoptr (GmDescriptor) descriptor = example (world);
  g_autoptr (GBytes) json = gm_descriptor_sign (descriptor, world->owner, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (json, NULL), g_bytes_get_size (json));

  for (guint i = 0; i < G_N_ELEMENTS (broken) - 1; i++)
    {
      g_autoptr (GString) changed = g_string_new (text);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_string_replace (changed, broken[i].from, broken[i].to, 1), ==, 1);
      bytes = g_bytes_new (changed->str, changed->len);
      if (gm_descriptor_parse (bytes, NULL, &error) != NULL)
        g_error ("taken: %s", broken[i].to);
      g_assert_cmpint (error->code, ==, broken[i].code);
    }
}

static void
set_issuer (GmDescriptor *self)
{
  self->issuer.b[0] ^= 1;
}

static void
set_marketplace (GmDescriptor *self)
{
  self->marketplace.b[0] ^= 1;
}

static void
set_threshold (GmDescriptor *self)
{
  self->threshold = 1;
}

static void
set_recovery (GmDescriptor *self)
{
  self->recovery_key.b[0] ^= 1;
}

static void
set_holder_key (GmDescriptor *self)
{
  GmKeyHolder *holder = g_ptr_array_index (self->holders, 1);

  holder->hpke_key.b[0] ^= 1;
}

static void
set_sign_key (GmDescriptor *self)
{
  GmKeyHolder *holder = g_ptr_array_index (self->holders, 2);

  holder->sign_key.b[0] ^= 1;
}

static void
drop_holder (GmDescriptor *self)
{
  g_ptr_array_remove_index (self->holders, 0);
}

static void
set_older (GmDescriptor *self)
{
  self->issued_at--;
}

static void
set_harmless (GmDescriptor *self)
{
  GmKeyHolder *holder = g_ptr_array_index (self->holders, 0);

  self->issued_at++;
  g_free (holder->url);
  holder->url = g_strdup ("http://127.0.0.1:9");
  g_strfreev (self->gateways);
  self->gateways = g_strsplit ("http://127.0.0.1:8", " ", 0);
  g_free (self->name);
  self->name = g_strdup ("New name");
}

static void
test_change (void)
{
  static const struct
  {
    void (*change) (GmDescriptor *self);
    int code; /* -1: taken */
  } cases[] = {
    { set_harmless, -1 },
    { set_older, GM_ERROR_BAD_DATA },
    { set_issuer, GM_ERROR_CONFLICT },
    { set_marketplace, GM_ERROR_CONFLICT },
    { set_threshold, GM_ERROR_CONFLICT },
    { set_recovery, GM_ERROR_CONFLICT },
    { set_holder_key, GM_ERROR_CONFLICT },
    { set_sign_key, GM_ERROR_CONFLICT },
    { drop_holder, GM_ERROR_CONFLICT },
  };
  g_autoptr (GmWorld) world = gm_world_new ();
  g_autoptr (GmDescriptor) kept = example (world);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GmDescriptor) answer = example (world);
      g_autoptr (GError) error = NULL;

      cases[i].change (answer);
      g_assert_cmpint (gm_descriptor_check_change (kept, answer, &error), ==, cases[i].code == -1);
      g_assert_cmpint (error != NULL ? error->code : -1, ==, cases[i].code);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/descriptor/survives-its-json", test_round_trip);
  g_test_add_func ("/descriptor/only-the-pinned-owner-counts", test_signatures);
  g_test_add_func ("/descriptor/unknown-members-are-signed-too", test_unknown_member);
  g_test_add_func ("/descriptor/changes-are-refused", test_broken);
  g_test_add_func ("/descriptor/another-key-is-asked-about", test_change);
  return g_test_run ();
}
