/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/key-answer.h"

#include <string.h>

#include "base/error.h"
#include "crypto/hpke.h"
#include "license-world.h"
#include "licenses/wire.h"
#include "vault/credential.h"

static GmKeyAnswer *
answer_new (const GmWorld *world, const GmHash *response_key, GmSecret *share)
{
  GmKeyAnswer *answer = g_new0 (GmKeyAnswer, 1);
  g_autoptr (GBytes) message = NULL;

  memset (&answer->request_hash, 9, sizeof answer->request_hash);
  answer->holder_id = g_strdup ("holder-1");
  answer->index = 1;
  answer->asset_id = world->asset_id;
  answer->order_id = world->order_id;
  answer->uid = world->license->uid;
  answer->time = WORLD_NOW;
  g_assert_true (gm_key_answer_seal (answer, response_key, share, NULL));
  message = gm_key_answer_signed_bytes (answer);
  g_assert_true (gm_credential_ed25519_sign (world->sign_seeds[0], g_bytes_get_data (message, NULL),
                                             g_bytes_get_size (message), answer->signature, NULL));
  return answer;
}

static void
test_answer (void)
{
  g_autoptr (GmWorld) world = gm_world_new ();
  const GmKeyHolder *holder = g_ptr_array_index (world->holders, 0);
  const GmKeyHolder *other = g_ptr_array_index (world->holders, 1);
  g_autoptr (GmSecret) share = gm_secret_new_random (33);
  g_autoptr (GmSecret) response_secret = NULL;
  g_autoptr (GmKeyAnswer) answer = NULL;
  g_autoptr (GmKeyAnswer) again = NULL;
  g_autoptr (GmSecret) opened = NULL;
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GError) error = NULL;
  GmHash response_key;

  gm_hpke_generate (&response_secret, &response_key);
  answer = answer_new (world, &response_key, share);
  json = gm_wire_encode (gm_key_answer_to_json (answer), NULL);
  again = gm_key_answer_parse (json, &error);
  g_assert_no_error (error);
  g_assert_true (gm_key_answer_verify (again, &holder->sign_key, &error));
  opened = gm_key_answer_open (again, response_secret, &error);
  g_assert_true (gm_secret_equal (opened, share));

  g_assert_false (gm_key_answer_verify (again, &other->sign_key, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "holder-1"));
  g_clear_error (&error);

  /* the box belongs to this request, holder and index */
  again->index = 2;
  g_assert_null (gm_key_answer_open (again, response_secret, NULL));
  again->index = 1;
  again->request_hash.b[0] ^= 1;
  g_assert_null (gm_key_answer_open (again, response_secret, NULL));
  g_assert_false (gm_key_answer_verify (again, &holder->sign_key, NULL));
}

static void
test_broken (void)
{
  static const struct
  {
    const char *from;
    const char *to;
  } broken[] = {
    { "\"v\":1", "\"v\":9" },
    { "\"index\":1", "\"index\":17" },
    { "\"box\":\"0x", "\"box\":\"0xaa" },
    { "\"signature\":\"0x", "\"signature\":\"" },
    { "\"time\":", "\"tame\":" },
    { "{\"assetId\"", "{\"a\":[],\"assetId\"" },
  };
  g_autoptr (GmWorld) world = gm_world_new ();
  g_autoptr (GmSecret) share = gm_secret_new_random (33);
  g_autoptr (GmKeyAnswer) answer = answer_new (world, &world->recovery_public, share);
  g_autoptr (GBytes) json = gm_wire_encode (gm_key_answer_to_json (answer), NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (json, NULL), g_bytes_get_size (json));

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (GString) changed = g_string_new (text);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_string_replace (changed, broken[i].from, broken[i].to, 1), ==, 1);
      bytes = g_bytes_new (changed->str, changed->len);
      if (gm_key_answer_parse (bytes, &error) != NULL)
        g_error ("taken: %s", broken[i].to);
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/key-answer/opens-for-who-asked-only", test_answer);
  g_test_add_func ("/key-answer/broken-json-is-refused", test_broken);
  return g_test_run ();
}
