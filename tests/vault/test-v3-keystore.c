/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/v3-keystore.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/hex.h"
#include "base/json.h"
#include "evm/signature.h"

#define SMALL      2 /* in the vectors: scrypt that costs nothing, with an address */
#define N_VECTORS  9
#define MEGA_BYTES (1024 * 1024)

static JsonArray *cases;

static JsonObject *
vector (guint i)
{
  return json_array_get_object_element (cases, i);
}

static char *
text_of (guint i)
{
  return json_to_string (json_object_get_member (vector (i), "json"), FALSE);
}

static GmSecret *
password_of (guint i)
{
  return gm_secret_new_text (json_object_get_string_member (vector (i), "password"));
}

static GmV3Keystore *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) json = g_bytes_new (text, strlen (text));

  return gm_v3_keystore_parse (json, error);
}

static void
assert_key (GmSecret *key, const char *wanted)
{
  g_autofree char *hex = gm_hex_encode_0x (gm_secret_open (key), gm_secret_length (key));

  gm_secret_close (key);
  g_assert_cmpstr (hex, ==, wanted);
}

static void
fits_the_vectors (void)
{
  g_assert_cmpuint (json_array_get_length (cases), ==, N_VECTORS);
  for (guint i = 0; i < N_VECTORS; i++)
    {
      g_autofree char *text = text_of (i);
      g_autoptr (GmSecret) password = password_of (i);
      g_autoptr (GError) error = NULL;
      g_autoptr (GmV3Keystore) keystore = parse (text, &error);
      g_autoptr (GmSecret) key = NULL;

      g_test_message ("%s", json_object_get_string_member (vector (i), "name"));
      g_assert_no_error (error);
      key = gm_v3_keystore_open (keystore, password, &error);
      g_assert_no_error (error);
      assert_key (key, json_object_get_string_member (vector (i), "key"));
    }
}

static void
only_the_password_opens_it (void)
{
  static const char *const others[] = { "", "correct hors", "correct horse ", "Correct horse" };
  g_autofree char *text = text_of (SMALL);
  g_autoptr (GmV3Keystore) keystore = parse (text, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (GmSecret) password = gm_secret_new_text (others[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (gm_v3_keystore_open (keystore, password, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
      g_assert_cmpstr (error->message, ==, "That is not the password");
    }
}

static void
what_is_sealed_opens_again (void)
{
  g_autoptr (GmSecret) key = gm_secret_new_random (32);
  g_autoptr (GmSecret) password = gm_secret_new_text ("correct horse");
  g_autoptr (GBytes) first = gm_v3_keystore_seal (key, password, NULL);
  g_autoptr (GmV3Keystore) keystore = gm_v3_keystore_parse (first, NULL);
  g_autoptr (GmSecret) opened = gm_v3_keystore_open (keystore, password, NULL);
  GmAddress address;

  g_assert_true (gm_secret_equal (opened, key));
  g_assert_true (gm_signature_address (key, &address, NULL));
  g_assert_true (keystore->has_address);
  g_assert_true (gm_address_equal (&keystore->address, &address));
  g_assert_cmpint (keystore->derivation.n, ==, 262144);
}

static void
what_cannot_be_sealed_is_refused (void)
{
  g_autoptr (GmSecret) key = gm_secret_new_random (32);
  g_autoptr (GmSecret) zero = gm_secret_new (32);
  g_autoptr (GmSecret) empty = gm_secret_new (0);
  g_autoptr (GmSecret) password = gm_secret_new_text ("correct horse");
  g_autoptr (GError) error = NULL;

  g_assert_null (gm_v3_keystore_seal (key, empty, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);
  g_assert_null (gm_v3_keystore_seal (zero, password, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
}

static void
what_is_wrong_is_said (void)
{
  static const struct
  {
    const char *from, *to, *complaint;
  } wrong[] = {
    { "\"n\":16", "\"n\":67108864", "asks for 64.0\u00a0GiB of memory" },
    { "\"n\":16", "\"n\":1048576", "asks for 1.0\u00a0GiB of memory" },
    { "\"n\":16", "\"n\":4503599627370496", "memory" },
    { "\"r\":8", "\"r\":9007199254740991", "memory" },
    { "\"p\":1", "\"p\":9007199254740991", "memory" },
    { "\"n\":16,\"r\":8,\"p\":1", "\"n\":524288,\"r\":8,\"p\":4", "too much computing" },
    { "\"n\":16", "\"n\":17", "no scrypt" },
    { "\"n\":16", "\"n\":1", "no scrypt" },
    { "\"n\":16", "\"n\":0", "no scrypt" },
    { "\"n\":16", "\"n\":-16", "no scrypt" },
    { "\"r\":8", "\"r\":0", "no scrypt" },
    { "\"p\":1", "\"p\":-1", "no scrypt" },
    { "\"n\":16", "\"n\":16.5", "“n”" },
    { "\"n\":16", "\"n\":\"16\"", "“n”" },
    { "\"dklen\":32", "\"dklen\":64", "“dklen” is 64" },
    { "\"kdf\":\"scrypt\"", "\"kdf\":\"bcrypt\"", "“kdf” is “bcrypt”" },
    { "\"kdf\":\"scrypt\"", "\"kdf\":\"pbkdf2\"", "“prf”" },
    { "aes-128-ctr", "aes-128-cbc", "“cipher” is “aes-128-cbc”" },
    { "\"iv\":\"", "\"iv\":\"00", "“iv”: 17 bytes" },
    { "\"iv\":\"", "\"iv\":\"zz\",\"other\":\"", "“iv”" },
    { "\"mac\":\"", "\"mac\":\"00\",\"other\":\"", "“mac” has not 32 bytes" },
    { "\"ciphertext\":\"", "\"ciphertext\":\"\",\"other\":\"", "“ciphertext” is empty" },
    { "\"ciphertext\":\"", "\"ciphertext\":\"00", "“ciphertext”: 33 bytes" },
    { "\"address\":\"", "\"address\":\"00\",\"other\":\"", "“address” has not 20 bytes" },
    { "\"address\":", "\"address\":1,\"other\":", "“address”" },
    { "\"version\":3", "\"version\":1", "its version is 1" },
    { "\"version\":3", "\"other\":3", "“version”" },
    { "\"crypto\"", "\"keys\"", "“crypto”" },
    { "{\"crypto\"", "[{\"crypto\"", "JSON" },
  };
  g_autofree char *text = text_of (SMALL);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_auto (GStrv) pieces = g_strsplit (text, wrong[i].from, 2);
      g_autofree char *changed = g_strjoinv (wrong[i].to, pieces);
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_strv_length (pieces), ==, 2);
      g_assert_null (parse (changed, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_assert_nonnull (strstr (error->message, wrong[i].complaint));
      g_assert_true (g_str_has_prefix (error->message, "This file is not a keystore"));
    }
}

static void
pbkdf2_has_its_limits (void)
{
  static const char *const wrong[] = { "\"c\":0", "\"c\":-1", "\"c\":5000001",
                                       "\"c\":9007199254740991" };
  g_autofree char *text = text_of (SMALL + 1);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_auto (GStrv) pieces = g_strsplit (text, "\"c\":10", 2);
      g_autofree char *changed = g_strjoinv (wrong[i], pieces);
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_strv_length (pieces), ==, 2);
      g_assert_null (parse (changed, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
    }
}

static void
a_cut_file_is_refused (void)
{
  g_autofree char *text = text_of (SMALL);

  for (gsize i = 0; i < strlen (text); i++)
    {
      g_autofree char *cut = g_strndup (text, i);
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (cut, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
    }
}

/* Every byte, changed: refused, or the same key. */
static void
no_changed_byte_gives_another_key (void)
{
  static const char bits[] = { 1, 0x20, 0x40 };
  g_autofree char *text = text_of (SMALL);
  g_autoptr (GmSecret) password = password_of (SMALL);
  guint opened = 0;

  for (gsize i = 0; i < strlen (text); i++)
    for (guint n = 0; n < G_N_ELEMENTS (bits); n++)
      {
        g_autofree char *changed = g_strdup (text);
        g_autoptr (GmV3Keystore) keystore = NULL;
        g_autoptr (GmSecret) key = NULL;
        g_autoptr (GError) error = NULL;

        changed[i] ^= bits[n];
        if (changed[i] == '\0')
          continue;
        keystore = parse (changed, &error);
        if (keystore == NULL)
          continue;
        key = gm_v3_keystore_open (keystore, password, &error);
        if (key == NULL)
          g_assert_true (gm_error_is (error, GM_ERROR_DENIED) ||
                         gm_error_is (error, GM_ERROR_BAD_DATA));
        else if (keystore->has_address)
          {
            assert_key (key, json_object_get_string_member (vector (SMALL), "key"));
            opened++;
          }
      }
  g_assert_cmpuint (opened, >, 0); /* its id, and letters in the other case */
}

/* The MAC does not cover the iv: without the address another key would come out of it. */
static void
a_key_of_another_account_is_refused (void)
{
  g_autofree char *text = text_of (SMALL);
  g_autoptr (GmSecret) password = password_of (SMALL);
  g_autoptr (GmV3Keystore) keystore = parse (text, NULL);
  g_autoptr (GError) error = NULL;

  keystore->iv[0] ^= 1;
  g_assert_null (gm_v3_keystore_open (keystore, password, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_assert_nonnull (strstr (error->message, "another account"));
}

static void
a_file_is_loaded_up_to_its_length (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gm-v3-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "UTC--keystore", NULL);
  g_autofree char *text = text_of (SMALL);
  g_autoptr (GmV3Keystore) keystore = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  keystore = gm_v3_keystore_load (path, &error);
  g_assert_no_error (error);

  g_assert_cmpint (truncate (path, 50 * MEGA_BYTES), ==, 0);
  g_assert_null (gm_v3_keystore_load (path, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "The file has 50.0\u00a0MiB"));
  g_clear_error (&error);

  g_unlink (path);
  g_assert_null (gm_v3_keystore_load (path, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_test_init (&argc, &argv, NULL);
  path = g_test_build_filename (G_TEST_DIST, "vectors", "v3-keystores.json", NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  node = json_from_string (text, NULL);
  cases = json_object_get_array_member (json_node_get_object (node), "cases");

  g_test_add_func ("/v3-keystore/fits-the-vectors", fits_the_vectors);
  g_test_add_func ("/v3-keystore/only-the-password-opens-it", only_the_password_opens_it);
  g_test_add_func ("/v3-keystore/what-is-sealed-opens-again", what_is_sealed_opens_again);
  g_test_add_func ("/v3-keystore/what-cannot-be-sealed-is-refused",
                   what_cannot_be_sealed_is_refused);
  g_test_add_func ("/v3-keystore/what-is-wrong-is-said", what_is_wrong_is_said);
  g_test_add_func ("/v3-keystore/pbkdf2-has-its-limits", pbkdf2_has_its_limits);
  g_test_add_func ("/v3-keystore/a-cut-file-is-refused", a_cut_file_is_refused);
  g_test_add_func ("/v3-keystore/no-changed-byte-gives-another-key",
                   no_changed_byte_gives_another_key);
  g_test_add_func ("/v3-keystore/a-key-of-another-account-is-refused",
                   a_key_of_another_account_is_refused);
  g_test_add_func ("/v3-keystore/a-file-is-loaded-up-to-its-length",
                   a_file_is_loaded_up_to_its_length);
  return g_test_run ();
}
