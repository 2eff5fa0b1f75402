/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/siwe.h"

#include <string.h>

#include "evm-vectors.h"
#include "evm/address.h"

#define ADDRESS "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2"
#define TEXT                                                                                       \
  "127.0.0.1:8085 wants you to sign in with your Ethereum account:\n" ADDRESS "\n"                 \
  "\n"                                                                                             \
  "Sign in to this store.\n"                                                                       \
  "\n"                                                                                             \
  "URI: http://127.0.0.1:8085\n"                                                                   \
  "Version: 1\n"                                                                                   \
  "Chain ID: 5000000001\n"                                                                         \
  "Nonce: 32891756abcd\n"                                                                          \
  "Issued At: 2026-11-24T10:04:02Z"
#define EXPIRES "\nExpiration Time: 2026-11-24T10:09:02Z"

static GmSiwe
example (void)
{
  GmSiwe siwe = {
    .domain = (char *) "127.0.0.1:8085",
    .statement = (char *) "Sign in to this store.",
    .uri = (char *) "http://127.0.0.1:8085",
    .chain_id = 5000000001,
    .nonce = (char *) "32891756abcd",
    .issued_at = (char *) "2026-11-24T10:04:02Z",
  };

  g_assert_true (gm_address_parse (ADDRESS, &siwe.address, NULL));
  return siwe;
}

static void
test_compose (void)
{
  GmSiwe siwe = example ();
  g_autofree char *plain = gm_siwe_compose (&siwe, NULL);
  g_autofree char *expiring = NULL;
  g_autofree char *silent = NULL;

  g_assert_cmpstr (plain, ==, TEXT);
  siwe.expires_at = (char *) "2026-11-24T10:09:02Z";
  expiring = gm_siwe_compose (&siwe, NULL);
  g_assert_cmpstr (expiring, ==, TEXT EXPIRES);

  /* the EIP keeps the empty lines around a statement that is not there */
  siwe.statement = NULL;
  silent = gm_siwe_compose (&siwe, NULL);
  g_assert_nonnull (strstr (silent, ADDRESS "\n\n\nURI: "));
}

static void
test_parse (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GmSiwe) siwe = gm_siwe_parse (TEXT EXPIRES, &error);
  g_autofree char *address = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (siwe->domain, ==, "127.0.0.1:8085");
  address = gm_address_dup_text (&siwe->address);
  g_assert_cmpstr (address, ==, ADDRESS);
  g_assert_cmpstr (siwe->statement, ==, "Sign in to this store.");
  g_assert_cmpstr (siwe->uri, ==, "http://127.0.0.1:8085");
  g_assert_cmpint (siwe->chain_id, ==, 5000000001);
  g_assert_cmpstr (siwe->nonce, ==, "32891756abcd");
  g_assert_cmpstr (siwe->issued_at, ==, "2026-11-24T10:04:02Z");
  g_assert_cmpstr (siwe->expires_at, ==, "2026-11-24T10:09:02Z");
}

/* A row names a field and a value that is taken, or not. */
typedef struct
{
  gsize offset;
  const char *value;
} Change;

#define FIELD(member) G_STRUCT_OFFSET (GmSiwe, member)

static void
test_taken (void)
{
  static const Change cases[] = {
    { FIELD (domain), "store.example" },
    { FIELD (domain), "xn--bcher-kva.example:443" },
    { FIELD (domain), "[::1]:8085" },
    { FIELD (domain), "localhost" },
    { FIELD (statement), NULL },
    { FIELD (statement), "URI: http://elsewhere" }, /* a statement, whatever it says */
    { FIELD (statement), " " },
    { FIELD (statement), "100 songs; yes? [no] #1" },
    { FIELD (uri), "https://store.example/login?a=b&c=%20#top" },
    { FIELD (uri), "https://[::1]:8085/" },
    { FIELD (uri), "did:key:z6Mk" },
    { FIELD (nonce), "12345678" },
    { FIELD (nonce), "0123456789abcdefABCDEF0123456789" },
    { FIELD (issued_at), "2026-11-24T10:04:02.123Z" },
    { FIELD (issued_at), "2026-11-24T10:04:02+02:00" },
    { FIELD (expires_at), "2026-11-24T10:04:02-11:30" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GmSiwe siwe = example ();
      g_autoptr (GmSiwe) read = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      G_STRUCT_MEMBER (const char *, &siwe, cases[i].offset) = cases[i].value;
      text = gm_siwe_compose (&siwe, &error);
      g_assert_no_error (error);
      read = gm_siwe_parse (text, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (G_STRUCT_MEMBER (const char *, read, cases[i].offset), ==, cases[i].value);
      g_assert_cmpstr (read->nonce, ==, siwe.nonce);
      g_assert_cmpstr (read->expires_at, ==, siwe.expires_at);
    }
}

static void
test_not_composed (void)
{
  static const Change cases[] = {
    { FIELD (domain), NULL },
    { FIELD (domain), "" },
    { FIELD (domain), "http://127.0.0.1:8085" },
    { FIELD (domain), "bank.example@127.0.0.1" },
    { FIELD (domain), "127.0.0.1:8085/" },
    { FIELD (domain), "127.0.0.1 wants" },
    { FIELD (domain), "127.0.0.1:" },
    { FIELD (domain), "127.0.0.1:port" },
    { FIELD (domain), "a:1:2" },
    { FIELD (domain), "b\xc3\xbc"
                      "cher.example" },
    { FIELD (domain), "a\nb" },
    { FIELD (domain), "a\n" },
    { FIELD (domain), "[::1" },
    { FIELD (domain), "%2" },
    { FIELD (statement), "" },
    { FIELD (statement), "two\nlines" },
    { FIELD (statement), "a line\n" },
    { FIELD (statement), "a line\r" },
    { FIELD (statement), "tab\there" },
    { FIELD (statement), "100 %" },
    { FIELD (statement), "\"quoted\"" },
    { FIELD (statement), "caf\xc3\xa9" },
    { FIELD (statement), "\xff" },
    { FIELD (uri), NULL },
    { FIELD (uri), "" },
    { FIELD (uri), "127.0.0.1:8085" },
    { FIELD (uri), "//store.example" },
    { FIELD (uri), "http://store.example/ x" },
    { FIELD (uri), "http://store.example/\nVersion: 2" },
    { FIELD (uri), "http://store.example/%zz" },
    { FIELD (uri), "http://store.example/#a#b" },
    { FIELD (uri), "http://store.example/<a>" },
    { FIELD (nonce), NULL },
    { FIELD (nonce), "" },
    { FIELD (nonce), "1234567" },
    { FIELD (nonce), "12345678-" },
    { FIELD (nonce), "12345678\nIssued At: 2020-01-01T00:00:00Z" },
    { FIELD (nonce), "12345678\n" },
    { FIELD (nonce), "1234567\xc3\xa9" },
    { FIELD (issued_at), NULL },
    { FIELD (issued_at), "" },
    { FIELD (issued_at), "2026-11-24" },
    { FIELD (issued_at), "2026-11-24T10:04:02" },
    { FIELD (issued_at), "2026-11-24 10:04:02Z" },
    { FIELD (issued_at), "20261124T100402Z" },
    { FIELD (issued_at), "2026-13-24T10:04:02Z" },
    { FIELD (issued_at), "2026-11-24T25:04:02Z" },
    { FIELD (issued_at), "2026-11-24T10:04:02Z\nRequest ID: 1" },
    { FIELD (expires_at), "" },
    { FIELD (expires_at), "never" },
    { FIELD (expires_at), "2026-02-30T10:04:02Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GmSiwe siwe = example ();
      g_autoptr (GError) error = NULL;

      G_STRUCT_MEMBER (const char *, &siwe, cases[i].offset) = cases[i].value;
      g_assert_null (gm_siwe_compose (&siwe, &error));
      evm_vectors_assert_refused (&error, "");
    }
}

static void
test_chain_ids (void)
{
  static const gint64 cases[] = { 0, -1, G_MININT64 };
  GmSiwe siwe = example ();
  g_autofree char *text = NULL;
  g_autoptr (GmSiwe) read = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      siwe.chain_id = cases[i];
      g_assert_null (gm_siwe_compose (&siwe, &error));
      evm_vectors_assert_refused (&error, "chain id");
    }

  siwe.chain_id = G_MAXINT64;
  text = gm_siwe_compose (&siwe, NULL);
  read = gm_siwe_parse (text, NULL);
  g_assert_cmpint (read->chain_id, ==, G_MAXINT64);
}

static void
test_length (void)
{
  GmSiwe siwe = example ();
  g_autofree char *nonce = g_strnfill (GM_SIWE_MAX_BYTES - strlen (TEXT) + 12, 'n');
  g_autofree char *longer = g_strconcat (nonce, "n", NULL);
  g_autofree char *text = NULL;
  g_autofree char *longer_text = NULL;
  g_autoptr (GmSiwe) read = NULL;
  g_autoptr (GError) error = NULL;

  siwe.nonce = nonce;
  text = gm_siwe_compose (&siwe, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (text), ==, GM_SIWE_MAX_BYTES);
  read = gm_siwe_parse (text, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->nonce, ==, nonce);

  siwe.nonce = longer;
  g_assert_null (gm_siwe_compose (&siwe, &error));
  evm_vectors_assert_refused (&error, "4096 bytes");
  longer_text = g_strconcat (text, " ", NULL);
  g_assert_null (gm_siwe_parse (longer_text, &error));
  evm_vectors_assert_refused (&error, "4096 bytes");
}

static void
test_not_parsed (void)
{
  /* a piece of TEXT EXPIRES, what stands there instead */
  static const char *const cases[][2] = {
    { TEXT EXPIRES, "" },
    { TEXT EXPIRES, "\n\n\n\n\n\n\n\n\n\n\n\n" },
    { "127.0.0.1:8085 wants", "https://127.0.0.1:8085 wants" },
    { "127.0.0.1:8085 wants", " wants" },
    { "Ethereum account:", "Ethereum account" },
    { "Ethereum account:\n", "Ethereum account: \n" },
    { "Ethereum account:\n", "Ethereum account:\r\n" },
    { ADDRESS, "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2" }, /* no checksum */
    { ADDRESS, "0xc02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2" }, /* a wrong one */
    { ADDRESS "\n", ADDRESS "\n\n" },
    { ADDRESS "\n", "" },
    { "Sign in to this store.\n", "Sign in to this store.\nAnd more.\n" },
    { "Sign in to this store.\n\n", "Sign in to this store.\n" },
    { "Sign in to this store.\n", "\n" },
    { "\nURI: ", "\nuri: " },
    { "\nURI: ", "\nURI:" },
    { "\nURI: ", "\nURI:  " },
    { "Version: 1", "Version: 2" },
    { "Version: 1\n", "" },
    { "Version: 1\nChain ID: 5000000001", "Chain ID: 5000000001\nVersion: 1" },
    { "Chain ID: 5000000001", "Chain ID: 0" },
    { "Chain ID: 5000000001", "Chain ID: 05000000001" },
    { "Chain ID: 5000000001", "Chain ID: +5000000001" },
    { "Chain ID: 5000000001", "Chain ID: 5000000001 " },
    { "Chain ID: 5000000001", "Chain ID: 0x1" },
    { "Chain ID: 5000000001", "Chain ID: 99999999999999999999" },
    { "Nonce: 32891756abcd", "Nonce: 3289" },
    { "Nonce: 32891756abcd\n", "" },
    { "Issued At: ", "Issued at: " },
    { "\nIssued At: 2026-11-24T10:04:02Z", "" },
    { "10:09:02Z", "10:09:02Z\n" },
    { "10:09:02Z", "10:09:02Z " },
    { "\nExpiration Time: ", "\nNot Before: " },
    { EXPIRES, EXPIRES "\nNot Before: 2026-11-24T10:04:02Z" },
    { EXPIRES, "\nRequest ID: 1" },
    { EXPIRES, EXPIRES "\nResources:\n- https://store.example/" },
    { EXPIRES, EXPIRES EXPIRES },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (TEXT EXPIRES);
      g_autoptr (GmSiwe) siwe = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_string_replace (text, cases[i][0], cases[i][1], 1), ==, 1);
      siwe = gm_siwe_parse (text->str, &error);
      if (siwe != NULL)
        g_error ("“%s” for “%s” was taken", cases[i][1], cases[i][0]);
      evm_vectors_assert_refused (&error, "");
    }
}

/* Whatever is cut off the end or turned into another byte: it is another text, or none. */
static void
test_one_spelling (void)
{
  static const char bytes[] = { ' ', '\n', '0', 'A', '\xc3' };

  for (gsize i = 0; i < strlen (TEXT EXPIRES); i++)
    {
      for (guint j = 0; j < sizeof bytes; j++)
        {
          g_autofree char *changed = g_strdup (TEXT EXPIRES);
          g_autoptr (GmSiwe) siwe = NULL;

          changed[i] = bytes[j];
          siwe = gm_siwe_parse (changed, NULL);
          if (siwe != NULL)
            {
              g_autofree char *again = gm_siwe_compose (siwe, NULL);

              g_assert_cmpstr (again, ==, changed);
            }
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/siwe/composes-the-text-of-eip-4361", test_compose);
  g_test_add_func ("/siwe/reads-every-field", test_parse);
  g_test_add_func ("/siwe/what-is-composed-is-read", test_taken);
  g_test_add_func ("/siwe/a-field-cannot-smuggle-in-a-line", test_not_composed);
  g_test_add_func ("/siwe/chain-ids-are-positive", test_chain_ids);
  g_test_add_func ("/siwe/length-has-an-end", test_length);
  g_test_add_func ("/siwe/other-texts-are-refused", test_not_parsed);
  g_test_add_func ("/siwe/there-is-one-spelling", test_one_spelling);
  return g_test_run ();
}
