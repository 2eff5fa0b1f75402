/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/bytes.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

#define ABC "0xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static void
assert_hash (const GmHash *hash, const char *hex)
{
  g_autofree char *actual = gm_hash_dup_hex (hash);

  g_assert_cmpstr (actual, ==, hex);
}

/* FIPS 180-4 and RFC 7693 for "abc", with 32 bytes of BLAKE2b. */
static void
test_published (void)
{
  GmHash hash;

  gm_hash_sha256 ((const guint8 *) "abc", 3, &hash);
  assert_hash (&hash, ABC);
  gm_hash_sha256 (NULL, 0, &hash);
  assert_hash (&hash, "0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  gm_hash_blake2b ((const guint8 *) "abc", 3, &hash);
  assert_hash (&hash, "0xbddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
  gm_hash_blake2b (NULL, 0, &hash);
  assert_hash (&hash, "0x0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
}

static void
test_text (void)
{
  static const struct
  {
    const char *text;
    const char *words;
  } refused[] = {
    { NULL, "starts with 0x" },
    { "", "starts with 0x" },
    { "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "starts with 0x" },
    { "0x", "expected 64" },
    { "0xba7816bf", "expected 64" },
    { ABC "00", "expected 64" },
    { ABC " ", "expected 64" },
    { "0xga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "not a hex" },
  };
  GmHash hash = { 0 };

  g_assert_true (gm_hash_is_zero (&hash));
  g_assert_true (gm_hash_parse (ABC, &hash, NULL));
  assert_hash (&hash, ABC);
  g_assert_false (gm_hash_is_zero (&hash));

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (gm_hash_parse (refused[i].text, &hash, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_assert_nonnull (strstr (error->message, refused[i].words));
      assert_hash (&hash, ABC);
    }
}

static void
test_equal (void)
{
  GmHash a = { 0 }, b = { 0 };
  GmAddress c = { 0 }, d = { 0 };

  for (guint i = 0; i < sizeof a.b; i++)
    {
      g_assert_true (gm_hash_equal (&a, &b));
      b.b[i] ^= 0x10;
      g_assert_false (gm_hash_equal (&a, &b));
      g_assert_false (gm_hash_is_zero (&b));
      b.b[i] = 0;
    }
  for (guint i = 0; i < sizeof c.b; i++)
    {
      g_assert_true (gm_address_equal (&c, &d));
      g_assert_true (gm_address_is_zero (&d));
      d.b[i] ^= 1;
      g_assert_false (gm_address_equal (&c, &d));
      g_assert_false (gm_address_is_zero (&d));
      d.b[i] = 0;
    }
}

static void
test_random (void)
{
  GmHash a, b;

  gm_hash_random (&a);
  gm_hash_random (&b);
  g_assert_false (gm_hash_equal (&a, &b));
}

static void
test_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("gm-bytes-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "file", NULL);
  const gsize length = 3 * 65536 + 17; /* more than is read at once */
  g_autofree char *text = g_strnfill (length, 'x');
  GmHash whole, file = { 0 };

  g_assert_true (g_file_set_contents (path, text, (gssize) length, &error));
  gm_hash_sha256 ((const guint8 *) text, length, &whole);
  g_assert_true (gm_hash_file (path, &file, &error));
  g_assert_true (gm_hash_equal (&file, &whole));

  g_unlink (path);
  g_assert_false (gm_hash_file (path, &file, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_assert_true (gm_hash_equal (&file, &whole));
  g_clear_error (&error);
  g_assert_false (gm_hash_file (folder, &file, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bytes/hashes-are-as-published", test_published);
  g_test_add_func ("/bytes/a-hash-is-0x-and-64-digits", test_text);
  g_test_add_func ("/bytes/every-byte-counts", test_equal);
  g_test_add_func ("/bytes/random-ones-differ", test_random);
  g_test_add_func ("/bytes/a-file-hashes-like-its-bytes", test_file);
  return g_test_run ();
}
