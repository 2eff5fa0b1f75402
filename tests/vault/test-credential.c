/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/credential.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/hex.h"
#include "evm/signable.h"

#define KEY   "4646464646464646464646464646464646464646464646464646464646464646"
#define OTHER "4747474747474747474747474747474747474747474747474747474747474747"

typedef struct
{
  char *folder;
  char *given; /* what systemd would hand over */
} Scene;

static void
set_up (Scene *self, gconstpointer unused)
{
  self->folder = g_dir_make_tmp ("gm-credential-XXXXXX", NULL);
  self->given = g_build_filename (self->folder, "given", NULL);
  g_assert_cmpint (g_mkdir (self->given, 0700), ==, 0);
  g_unsetenv ("CREDENTIALS_DIRECTORY");
}

static void
empty (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_remove (path) != 0)
        empty (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
tear_down (Scene *self, gconstpointer unused)
{
  g_unsetenv ("CREDENTIALS_DIRECTORY");
  empty (self->folder);
  g_free (self->folder);
  g_free (self->given);
}

static void
write_key (const char *folder, const char *name, const char *text, int mode)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_unlink (path);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
}

static void
assert_key (GmSecret *key, const char *wanted)
{
  g_autofree char *hex = NULL;

  g_assert_nonnull (key);
  hex = gm_hex_encode (gm_secret_open (key), gm_secret_length (key));
  gm_secret_close (key);
  g_assert_cmpstr (hex, ==, wanted);
}

static void
assert_error (Scene *self, const char *name, GmErrorCode code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (gm_credential_load (self->folder, name, &error));
  g_assert_error (error, GM_ERROR, (int) code);
}

static void
a_private_file_is_read (Scene *self, gconstpointer unused)
{
  static const int modes[] = { 0600, 0400 };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (GmSecret) key = NULL;

      write_key (self->folder, "a.key", KEY "\n", modes[i]);
      key = gm_credential_load (self->folder, "a.key", NULL);
      assert_key (key, KEY);
    }
}

static void
what_others_can_read_is_denied (Scene *self, gconstpointer unused)
{
  static const int modes[] = { 0644, 0640, 0660, 0604, 0700, 0500, 0666, 02600 };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      write_key (self->folder, "a.key", KEY "\n", modes[i]);
      assert_error (self, "a.key", GM_ERROR_DENIED);
    }
}

static void
only_a_regular_file_is_read (Scene *self, gconstpointer unused)
{
  g_autofree char *link = g_build_filename (self->folder, "link.key", NULL);
  g_autofree char *pipe = g_build_filename (self->folder, "pipe.key", NULL);

  write_key (self->folder, "a.key", KEY "\n", 0600);
  g_assert_cmpint (symlink ("a.key", link), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  assert_error (self, "link.key", GM_ERROR_DENIED);
  assert_error (self, "pipe.key", GM_ERROR_DENIED);
  assert_error (self, "given", GM_ERROR_DENIED);
  assert_error (self, "none.key", GM_ERROR_NOT_FOUND);
}

static void
other_content_is_refused (Scene *self, gconstpointer unused)
{
  static const char *const texts[] = {
    "",
    "\n",
    "46",
    KEY "\n\n",
    KEY " ",
    KEY "46\n",
    "0x" KEY "\n",
    "g" KEY,
    "zz46464646464646464646464646464646464646464646464646464646464646\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      write_key (self->folder, "a.key", texts[i], 0600);
      assert_error (self, "a.key", GM_ERROR_BAD_DATA);
    }
}

static void
a_name_stays_in_its_folder (Scene *self, gconstpointer unused)
{
  static const char *const names[] = {
    "", ".", "..", ".hidden", "../a.key", "given/a.key", "/etc"
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      assert_error (self, names[i], GM_ERROR_BAD_DATA);
      g_assert_null (gm_credential_ensure (self->folder, names[i], &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
    }
}

/* The manager owns what it gives and may let a group read it; anyone is too many. */
static void
what_systemd_gives_comes_first (Scene *self, gconstpointer unused)
{
  g_autoptr (GmSecret) key = NULL, other = NULL;

  g_setenv ("CREDENTIALS_DIRECTORY", self->given, TRUE);
  write_key (self->folder, "a.key", KEY "\n", 0600);
  write_key (self->given, "a.key", OTHER "\n", 0440);
  key = gm_credential_load (self->folder, "a.key", NULL);
  assert_key (key, OTHER);
  write_key (self->folder, "b.key", KEY "\n", 0600);
  other = gm_credential_load (self->folder, "b.key", NULL);
  assert_key (other, KEY);
  write_key (self->given, "a.key", OTHER "\n", 0444);
  assert_error (self, "a.key", GM_ERROR_DENIED);
}

static void
ensure_makes_one_and_keeps_it (Scene *self, gconstpointer unused)
{
  g_autoptr (GmSecret) made = gm_credential_ensure (self->folder, "a.key", NULL);
  g_autoptr (GmSecret) again = gm_credential_ensure (self->folder, "a.key", NULL);
  g_autoptr (GmSecret) loaded = gm_credential_load (self->folder, "a.key", NULL);
  g_autoptr (GmSecret) other = gm_credential_ensure (self->folder, "b.key", NULL);
  g_autofree char *path = g_build_filename (self->folder, "a.key", NULL);
  GStatBuf status;

  g_assert_true (gm_secret_equal (made, again));
  g_assert_true (gm_secret_equal (made, loaded));
  g_assert_false (gm_secret_equal (made, other));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0600);
  g_assert_cmpint (status.st_size, ==, 65);
}

static void
ensure_does_not_replace_a_broken_one (Scene *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  write_key (self->folder, "a.key", "nonsense\n", 0600);
  g_assert_null (gm_credential_ensure (self->folder, "a.key", &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);
  write_key (self->folder, "a.key", KEY "\n", 0644);
  g_assert_null (gm_credential_ensure (self->folder, "a.key", &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
}

static gpointer
ensure_it (gpointer folder)
{
  return gm_credential_ensure (folder, "race.key", NULL);
}

static void
all_who_race_get_one_key (Scene *self, gconstpointer unused)
{
  for (guint round = 0; round < 20; round++)
    {
      g_autofree char *path = g_build_filename (self->folder, "race.key", NULL);
      GThread *threads[4];
      GmSecret *keys[4];

      for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        threads[i] = g_thread_new ("ensure", ensure_it, self->folder);
      for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        keys[i] = g_thread_join (threads[i]);
      for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        {
          g_assert_nonnull (keys[i]);
          g_assert_true (gm_secret_equal (keys[0], keys[i]));
        }
      for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        gm_secret_unref (keys[i]);
      g_unlink (path);
    }
}

static void
a_signer_signs (Scene *self, gconstpointer unused)
{
  g_autoptr (GmSecret) zero = gm_secret_new (32);
  g_autoptr (GmSecret) key = NULL;
  g_autoptr (GError) error = NULL;
  const GmSignable what = { GM_SIGNABLE_TEXT, .text = "hello" };
  GmHash digest;
  GmSignature signature;
  GmSigner *signer;

  write_key (self->folder, "a.key", KEY "\n", 0600);
  key = gm_credential_load (self->folder, "a.key", NULL);
  signer = gm_credential_signer_new (key, NULL);
  g_clear_pointer (&key, gm_secret_unref);
  g_assert_true (signer->sign (signer, &what, &signature, NULL));
  gm_signature_personal_digest (what.text, &digest);
  g_assert_true (gm_signature_verify (&signature, &digest, &signer->address, NULL));
  gm_credential_signer_free (signer);
  gm_credential_signer_free (NULL);

  g_assert_null (gm_credential_signer_new (zero, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
}

/* RFC 8032, section 7.1: tests 1 to 3. */
static void
ed25519_fits_the_rfc (Scene *self, gconstpointer unused)
{
  static const struct
  {
    const char *seed, *public_key, *message, *signature;
  } vectors[] = {
    { "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9"
      "b4"
      "6bd25bf5f0595bbe24655141438e7a100b" },
    { "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f1"
      "1d"
      "8c387b2eaeb4302aeeb00d291612bb0c00" },
    { "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
      "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984d"
      "c6"
      "594a7c15e9716ed28dc027beceea1ec40a" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GBytes) message = gm_hex_decode_bytes (vectors[i].message, 8, NULL);
      g_autofree char *public_hex = NULL, *signature_hex = NULL;
      g_autoptr (GmSecret) seed = NULL;
      guint8 bytes[32], signature[64];
      GmHash public_key;

      g_assert_true (gm_hex_decode (vectors[i].seed, bytes, sizeof bytes, NULL));
      seed = gm_secret_new_copy (bytes, sizeof bytes);
      g_assert_true (gm_credential_ed25519_public (seed, &public_key, NULL));
      g_assert_true (gm_credential_ed25519_sign (seed, g_bytes_get_data (message, NULL),
                                                 g_bytes_get_size (message), signature, NULL));
      public_hex = gm_hex_encode (public_key.b, sizeof public_key.b);
      signature_hex = gm_hex_encode (signature, sizeof signature);
      g_assert_cmpstr (public_hex, ==, vectors[i].public_key);
      g_assert_cmpstr (signature_hex, ==, vectors[i].signature);
    }
}

static void
an_ed25519_seed_has_32_bytes (Scene *self, gconstpointer unused)
{
  g_autoptr (GmSecret) seed = gm_secret_new (31);
  g_autoptr (GError) error = NULL;
  GmHash public_key = { { 9 } };
  guint8 signature[64];

  g_assert_false (gm_credential_ed25519_public (seed, &public_key, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_assert_cmpuint (public_key.b[0], ==, 9);
  g_assert_false (gm_credential_ed25519_sign (seed, signature, 0, signature, NULL));
}

#define ADD(name, test) g_test_add (name, Scene, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/credential/a-private-file-is-read", a_private_file_is_read);
  ADD ("/credential/what-others-can-read-is-denied", what_others_can_read_is_denied);
  ADD ("/credential/only-a-regular-file-is-read", only_a_regular_file_is_read);
  ADD ("/credential/other-content-is-refused", other_content_is_refused);
  ADD ("/credential/a-name-stays-in-its-folder", a_name_stays_in_its_folder);
  ADD ("/credential/what-systemd-gives-comes-first", what_systemd_gives_comes_first);
  ADD ("/credential/ensure-makes-one-and-keeps-it", ensure_makes_one_and_keeps_it);
  ADD ("/credential/ensure-does-not-replace-a-broken-one", ensure_does_not_replace_a_broken_one);
  ADD ("/credential/all-who-race-get-one-key", all_who_race_get_one_key);
  ADD ("/credential/a-signer-signs", a_signer_signs);
  ADD ("/credential/ed25519-fits-the-rfc", ed25519_fits_the_rfc);
  ADD ("/credential/an-ed25519-seed-has-32-bytes", an_ed25519_seed_has_32_bytes);
  return g_test_run ();
}
