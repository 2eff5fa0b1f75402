/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/hdkey.h"

#include "base/error.h"
#include "base/hex.h"
#include "evm/address.h"
#include "evm/signature.h"
#include "vault/words.h"

#define SEED1 "000102030405060708090a0b0c0d0e0f"
#define SEED2                                                                                      \
  "fffcf9f6f3f0edeae7e4e1dedbd8d5d2cfccc9c6c3c0bdbab7b4b1aeaba8a5a2"                               \
  "9f9c999693908d8a8784817e7b7875726f6c696663605d5a5754514e4b484542"
#define SEED3                                                                                      \
  "4b381541583be4423346c643850da4b320e46a87ae3d2a4e6da11eba819cd4ac"                               \
  "ba45d239319ac14f863b8d5ab5a0d0c64d2e8a1e7d1457df2e5a3c51c73235be"
#define SEED4 "3ddd5602285899a946114506157c7997e5444528f3003f6134712147db19b678"

/* BIP-32, test vectors 1 to 4: key and chain code, as inside their xprv texts. */
static const struct
{
  const char *seed, *path, *key, *chain;
} vectors[] = {
  { SEED1, "m", "e8f32e723decf4051aefac8e2c93c9c5b214313817cdb01a1494b917c8436b35",
    "873dff81c02f525623fd1fe5167eac3a55a049de3d314bb42ee227ffed37d508" },
  { SEED1, "m/0'", "edb2e14f9ee77d26dd93b4ecede8d16ed408ce149b6cd80b0715a2d911a0afea",
    "47fdacbd0f1097043b78c63c20c34ef4ed9a111d980047ad16282c7ae6236141" },
  { SEED1, "m/0'/1", "3c6cb8d0f6a264c91ea8b5030fadaa8e538b020f0a387421a12de9319dc93368",
    "2a7857631386ba23dacac34180dd1983734e444fdbf774041578e9b6adb37c19" },
  { SEED1, "m/0'/1/2'", "cbce0d719ecf7431d88e6a89fa1483e02e35092af60c042b1df2ff59fa424dca",
    "04466b9cc8e161e966409ca52986c584f07e9dc81f735db683c3ff6ec7b1503f" },
  { SEED1, "m/0'/1/2'/2", "0f479245fb19a38a1954c5c7c0ebab2f9bdfd96a17563ef28a6a4b1a2a764ef4",
    "cfb71883f01676f587d023cc53a35bc7f88f724b1f8c2892ac1275ac822a3edd" },
  { SEED1, "m/0'/1/2'/2/1000000000",
    "471b76e389e528d6de6d816857e012c5455051cad6660850e58372a6c3e6e7c8",
    "c783e67b921d2beb8f6b389cc646d7263b4145701dadd2161548a8b078e65e9e" },
  { SEED2, "m", "4b03d6fc340455b363f51020ad3ecca4f0850280cf436c70c727923f6db46c3e",
    "60499f801b896d83179a4374aeb7822aaeaceaa0db1f85ee3e904c4defbd9689" },
  { SEED2, "m/0", "abe74a98f6c7eabee0428f53798f0ab8aa1bd37873999041703c742f15ac7e1e",
    "f0909affaa7ee7abe5dd4e100598d4dc53cd709d5a5c2cac40e7412f232f7c9c" },
  { SEED2, "m/0/2147483647'", "877c779ad9687164e9c2f4f0f4ff0340814392330693ce95a58fe18fd52e6e93",
    "be17a268474a6bb9c61e1d720cf6215e2a88c5406c4aee7b38547f585c9a37d9" },
  { SEED2, "m/0/2147483647'/1", "704addf544a06e5ee4bea37098463c23613da32020d604506da8c0518e1da4b7",
    "f366f48f1ea9f2d1d3fe958c95ca84ea18e4c4ddb9366c336c927eb246fb38cb" },
  { SEED2, "m/0/2147483647'/1/2147483646'",
    "f1c7c871a54a804afe328b4c83a1c33b8e5ff48f5087273f04efa83b247d6a2d",
    "637807030d55d01f9a0cb3a7839515d796bd07706386a6eddf06cc29a65a0e29" },
  { SEED2, "m/0/2147483647'/1/2147483646'/2",
    "bb7d39bdb83ecf58f2fd82b6d918341cbef428661ef01ab97c28a4842125ac23",
    "9452b549be8cea3ecb7a84bec10dcfd94afe4d129ebfd3b3cb58eedf394ed271" },
  { SEED3, "m", "00ddb80b067e0d4993197fe10f2657a844a384589847602d56f0c629c81aae32",
    "01d28a3e53cffa419ec122c968b3259e16b65076495494d97cae10bbfec3c36f" },
  { SEED3, "m/0'", "491f7a2eebc7b57028e0d3faa0acda02e75c33b03c48fb288c41e2ea44e1daef",
    "e5fea12a97b927fc9dc3d2cb0d1ea1cf50aa5a1fdc1f933e8906bb38df3377bd" },
  { SEED4, "m", "12c0d59c7aa3a10973dbd3f478b65f2516627e3fe61e00c345be9a477ad2e215",
    "d0c8a1f6edf2500798c3e0b54f1b56e45f6d03e6076abd36e5e2f54101e44ce6" },
  { SEED4, "m/0'", "00d948e9261e41362a688b916f297121ba6bfb2274a3575ac0e456551dfd7f7e",
    "cdc0f06456a14876c898790e0b3b1a41c531170aec69da44ff7b7265bfe7743b" },
  { SEED4, "m/0'/1'", "3a2086edd7d9df86c3487a5905a1712a9aa664bce8cc268141e07549eaa8661d",
    "a48ee6674c5264a237703fd383bccd9fad4d9378ac98ab05e6e7029b06360c0d" },
};

static GmSecret *
secret_of (const char *hex)
{
  g_autoptr (GBytes) bytes = gm_hex_decode_bytes (hex, 64, NULL);

  return gm_secret_new_copy (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
fits_the_vectors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GmSecret) seed = secret_of (vectors[i].seed);
      g_autoptr (GmSecret) node = gm_hdkey_derive (seed, vectors[i].path, NULL);
      g_autofree char *wanted = g_strconcat (vectors[i].key, vectors[i].chain, NULL);
      g_autofree char *hex = NULL;

      g_assert_nonnull (node);
      hex = gm_hex_encode (gm_secret_open (node), gm_secret_length (node));
      gm_secret_close (node);
      g_assert_cmpstr (hex, ==, wanted);
    }
}

/* What every other Ethereum wallet makes of these words. */
static void
accounts_are_those_of_other_wallets (void)
{
  static const struct
  {
    guint32 index;
    const char *address;
  } accounts[] = {
    { 0, "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266" },
    { 1, "0x70997970C51812dc3A010C7d01b50e0d17dc79C8" },
    { 2, "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC" },
    { 9, "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720" },
  };
  g_autoptr (GmSecret) words = gm_secret_new_text (
      "test test test test test test test test test test test junk");
  g_autoptr (GmSecret) seed = gm_words_to_seed (words, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      g_autoptr (GmSecret) key = gm_hdkey_account (seed, accounts[i].index, NULL);
      g_autofree char *text = NULL;
      GmAddress address;

      g_assert_cmpuint (gm_secret_length (key), ==, 32);
      g_assert_true (gm_signature_address (key, &address, NULL));
      text = gm_address_dup_text (&address);
      g_assert_cmpstr (text, ==, accounts[i].address);
    }
}

static void
assert_refused (GmSecret *seed, const char *path)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (gm_hdkey_derive (seed, path, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
}

static void
what_is_no_path_is_refused (void)
{
  static const char *const paths[] = {
    "",
    "M",
    "n/0",
    "m/",
    "m//0",
    "m/0/",
    "m/-1",
    "m/+1",
    "m/ 1",
    "m/1 ",
    "m/0x1",
    "m/00",
    "m/01",
    "m/1''",
    "m/1h",
    "/0",
    "0",
    "mm",
    "m0",
    "m/2147483648",
    "m/'",
    "m/4294967295",
    "m/99999999999999999999",
    "m/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0", /* 17 steps */
  };
  g_autoptr (GmSecret) seed = gm_secret_new (32);
  g_autoptr (GmSecret) deep = gm_hdkey_derive (seed, "m/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0", NULL);

  g_assert_nonnull (deep);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    assert_refused (seed, paths[i]);
}

static void
seeds_and_indices_have_limits (void)
{
  g_autoptr (GmSecret) seed = gm_secret_new (64);
  g_autoptr (GmSecret) small = gm_secret_new (15);
  g_autoptr (GmSecret) large = gm_secret_new (65);
  g_autoptr (GmSecret) last = gm_hdkey_account (seed, 0x7fffffff, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (last);
  assert_refused (small, "m");
  assert_refused (large, "m");
  g_assert_null (gm_hdkey_account (seed, 0x80000000u, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hdkey/fits-the-vectors", fits_the_vectors);
  g_test_add_func ("/hdkey/accounts-are-those-of-other-wallets",
                   accounts_are_those_of_other_wallets);
  g_test_add_func ("/hdkey/what-is-no-path-is-refused", what_is_no_path_is_refused);
  g_test_add_func ("/hdkey/seeds-and-indices-have-limits", seeds_and_indices_have_limits);
  return g_test_run ();
}
