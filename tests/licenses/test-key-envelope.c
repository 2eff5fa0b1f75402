/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/key-envelope.h"

#include <string.h>

#include "base/error.h"
#include "crypto/shamir.h"
#include "license-world.h"

static GmSecret *
combine (GmSecret *const *opened, const guint *which, guint n)
{
  GmShare shares[GM_SHAMIR_MAX_SHARES] = { 0 };
  GmSecret *key;

  for (guint i = 0; i < n; i++)
    {
      const guint8 *bytes = gm_secret_open (opened[which[i]]);

      shares[i].x = bytes[0];
      shares[i].y = gm_secret_new_copy (bytes + 1, 32);
      gm_secret_close (opened[which[i]]);
    }
  key = gm_shamir_combine (shares, n, NULL);
  for (guint i = 0; i < n; i++)
    gm_share_clear (&shares[i]);
  return key;
}

static void
test_any_two (void)
{
  static const guint pairs[][2] = { { 0, 1 }, { 0, 2 }, { 2, 1 } };
  g_autoptr (GmWorld) world = gm_world_new ();
  GmSecret *opened[WORLD_HOLDERS];
  g_autoptr (GmSecret) one = NULL;

  for (guint i = 0; i < WORLD_HOLDERS; i++)
    {
      g_autoptr (GError) error = NULL;

      opened[i] = gm_key_envelope_open_share (world->envelope, i + 1, world->hpke_keys[i], &error);
      g_assert_no_error (error);
      g_assert_true (gm_key_envelope_check_share (world->envelope, i + 1, opened[i]));
      g_assert_false (gm_key_envelope_check_share (world->envelope, (i + 1) % 3 + 1, opened[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (GmSecret) key = combine (opened, pairs[i], 2);

      g_assert_true (gm_secret_equal (key, world->content_key));
    }
  one = combine (opened, pairs[0], 1);
  g_assert_false (one != NULL && gm_secret_equal (one, world->content_key));
  for (guint i = 0; i < WORLD_HOLDERS; i++)
    gm_secret_unref (opened[i]);
}

static void
test_recovery (void)
{
  g_autoptr (GmWorld) world = gm_world_new ();
  g_autoptr (GmSecret) key = gm_key_envelope_recover (world->envelope, world->recovery_key, NULL);
  g_autoptr (GmSecret) other = gm_key_envelope_recover (world->envelope, world->hpke_keys[0], NULL);

  g_assert_true (gm_secret_equal (key, world->content_key));
  g_assert_null (other);
}

/* Whatever the info names cannot be changed without closing the box. */
static void
test_altered (void)
{
  for (guint i = 0; i < 9; i++)
    {
      g_autoptr (GmWorld) world = gm_world_new ();
      GmKeyEnvelope *envelope = world->envelope;
      GmSealedShare *share = g_ptr_array_index (envelope->shares, 0);
      g_autoptr (GmSecret) opened = NULL;
      g_autoptr (GError) error = NULL;

      switch (i)
        {
        case 0: envelope->t = 1; break;
        case 1: g_ptr_array_remove_index (envelope->shares, 2); break;
        case 2: envelope->asset_id.b[0] ^= 1; break;
        case 3: envelope->condition->attester.b[0] ^= 1; break;
        case 4: envelope->condition->chain_id++; break;
        case 5: share->holder.id[0] = 'x'; break;
        case 6: share->holder.sign_key.b[0] ^= 1; break;
        case 7: share->share_hash.b[0] ^= 1; break;
        default: share->index = 2; break;
        }
      opened = gm_key_envelope_open_share (envelope, 1, world->hpke_keys[0], &error);
      g_assert_null (opened);
      g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
    }
}

static void
test_other_holder (void)
{
  g_autoptr (GmWorld) world = gm_world_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (gm_key_envelope_open_share (world->envelope, 2, world->hpke_keys[0], &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_null (gm_key_envelope_open_share (world->envelope, 4, world->hpke_keys[0], &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
}

static const struct
{
  const char *from;
  const char *to;
} broken[] = {
  { "\"v\":1", "\"v\":2" },
  { "\"t\":2", "\"t\":4" },
  { "\"t\":2", "\"t\":0" },
  { "\"n\":3", "\"n\":2" },
  { "\"index\":2", "\"index\":3" },
  { "\"index\":1", "\"index\":0" },
  { "\"holder-2\"", "\"holder-1\"" },
  { "\"holder-2\"", "\"Holder 2\"" },
  { "\"box\":\"0x", "\"box\":\"0x00" },
  { "\"recovery\":{", "\"recovery\":{\"a\":1," },
  { "\"assetId\":\"0xa5", "\"assetId\":\"0xa6" },
  { "{\"assetId\"", "{\"more\":true,\"assetId\"" },
};

static void
test_json (void)
{
  g_autoptr (GmWorld) world = gm_world_new ();
  GmHash hash, again_hash;
  g_autoptr (GBytes) json = gm_key_envelope_encode (world->envelope, &hash);
  g_autoptr (GmKeyEnvelope) again = gm_key_envelope_parse (json, NULL);
  g_autoptr (GBytes) json_again = gm_key_envelope_encode (again, &again_hash);
  g_autofree char *text = g_strndup (g_bytes_get_data (json, NULL), g_bytes_get_size (json));

  g_assert_true (g_bytes_equal (json, json_again));
  g_assert_true (gm_hash_equal (&hash, &again_hash));
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (GString) changed = g_string_new (text);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_string_replace (changed, broken[i].from, broken[i].to, 1), ==, 1);
      bytes = g_bytes_new (changed->str, changed->len);
      if (gm_key_envelope_parse (bytes, &error) != NULL)
        g_error ("taken: %s", broken[i].to);
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
    }
}

static void
test_seal_limits (void)
{
  g_autoptr (GmWorld) world = gm_world_new ();
  g_autoptr (GmSecret) short_key = gm_secret_new_random (31);
  static const struct
  {
    guint t;
    gboolean short_key;
  } cases[] = { { 0, FALSE }, { 4, FALSE }, { 2, TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (gm_key_envelope_seal (cases[i].short_key ? short_key : world->content_key,
                                           world->condition, cases[i].t, world->holders,
                                           &world->recovery_public, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/key-envelope/any-two-of-three-open-it", test_any_two);
  g_test_add_func ("/key-envelope/recovery-key-opens-it-alone", test_recovery);
  g_test_add_func ("/key-envelope/altered-terms-close-it", test_altered);
  g_test_add_func ("/key-envelope/another-holders-share-stays-shut", test_other_holder);
  g_test_add_func ("/key-envelope/json-has-one-form", test_json);
  g_test_add_func ("/key-envelope/impossible-thresholds-are-refused", test_seal_limits);
  return g_test_run ();
}
