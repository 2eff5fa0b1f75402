/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/address.h"

#include <string.h>

#include "base/hex.h"
#include "evm-vectors.h"

/* The examples of EIP-55. */
static const char *const published[] = {
  "0x52908400098527886E0F7030069857D2E4169EE7", "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
  "0xde709f2102306220921060314715629080e2fb77", "0x27b1fdb04752bbc536007a920d24acb045561c26",
  "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
  "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
};

static void
test_published (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (published); i++)
    {
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;
      GmAddress address;

      g_assert_true (gm_address_parse (published[i], &address, &error));
      g_assert_no_error (error);
      text = gm_address_dup_text (&address);
      g_assert_cmpstr (text, ==, published[i]);
    }
}

static void
test_one_case (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (published); i++)
    {
      g_autofree char *lower = g_ascii_strdown (published[i], -1);
      g_autofree char *upper = g_ascii_strup (published[i], -1);
      g_autofree char *text = NULL;
      GmAddress address, same;

      upper[1] = 'x';
      g_assert_true (gm_address_parse (lower, &address, NULL));
      g_assert_true (gm_address_parse (upper, &same, NULL));
      g_assert_true (gm_address_equal (&address, &same));
      text = gm_address_dup_text (&address);
      g_assert_cmpstr (text, ==, published[i]);
    }
}

static void
test_changed_letters (void)
{
  for (guint i = 4; i < G_N_ELEMENTS (published); i++)
    for (guint j = 2; published[i][j] != '\0'; j++)
      {
        g_autofree char *changed = g_strdup (published[i]);
        g_autoptr (GError) error = NULL;
        GmAddress address;

        if (!g_ascii_isalpha (changed[j]))
          continue;
        changed[j] ^= 'a' ^ 'A';
        g_assert_false (gm_address_parse (changed, &address, &error));
        evm_vectors_assert_refused (&error, "checksum");
      }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    const char *words;
  } cases[] = {
    { NULL, "starts with 0x" },
    { "", "starts with 0x" },
    { "0x", "expected 40" },
    { "52908400098527886E0F7030069857D2E4169EE7", "starts with 0x" },
    { "0X52908400098527886E0F7030069857D2E4169EE7", "starts with 0x" },
    { " 0x52908400098527886E0F7030069857D2E4169EE7", "starts with 0x" },
    { "0x52908400098527886E0F7030069857D2E4169EE7 ", "expected 40" },
    { "0x52908400098527886E0F7030069857D2E4169EE", "expected 40" },
    { "0x52908400098527886E0F7030069857D2E4169EE70", "expected 40" },
    { "0x0x908400098527886E0F7030069857D2E4169EE7", "not a hexadecimal digit" },
    { "0x52908400098527886E0F7030069857D2E4169EEg", "not a hexadecimal digit" },
    { "0x52908400098527886E0F7030069857D2E4169E\xc3\xa9", "not a hexadecimal digit" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      GmAddress address;

      memset (&address, 7, sizeof address);
      g_assert_false (gm_address_parse (cases[i].text, &address, &error));
      evm_vectors_assert_refused (&error, cases[i].words);
      g_assert_cmpuint (address.b[0], ==, 7);
      g_assert_cmpuint (address.b[19], ==, 7);
    }
}

/* The key 1 has the group's generator as its point (SEC 2, section 2.4.1). */
static void
test_public_key (void)
{
  guint8 generator[64];
  g_autofree char *text = NULL;
  GmAddress address;

  g_assert_true (gm_hex_decode ("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
                                "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8",
                                generator, sizeof generator, NULL));
  gm_address_from_public_key (generator, &address);
  text = gm_address_dup_text (&address);
  g_assert_cmpstr (text, ==, "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address/checksums-are-those-of-eip-55", test_published);
  g_test_add_func ("/address/one-case-has-no-checksum", test_one_case);
  g_test_add_func ("/address/a-letter-of-the-wrong-case-is-seen", test_changed_letters);
  g_test_add_func ("/address/other-texts-are-refused", test_refused);
  g_test_add_func ("/address/comes-from-a-public-key", test_public_key);
  return g_test_run ();
}
