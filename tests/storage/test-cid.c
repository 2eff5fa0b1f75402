/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/cid.h"

#include <string.h>

#include "base/error.h"

#define V0 "QmbFMke1KXqnYyBBWxB74N4c5SBnJMVAiMNRcGu6x1AwQH"
#define V1 "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"

static void
test_there_and_back (void)
{
  g_autofree char *table = g_test_build_filename (G_TEST_DIST, "vectors", "cid-vectors.tsv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (table, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++, n++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);
      g_autofree char *again = NULL;
      guint8 bytes[GM_CID_MAX_BYTES];
      GmCid cid, decoded;

      g_assert_true (gm_cid_parse (columns[2], &cid, NULL));
      g_assert_cmpuint (cid.version, ==, columns[2][0] == 'Q' ? 0 : 1);
      g_assert_cmpuint (cid.codec, ==,
                        g_str_has_prefix (columns[2], "bafk") ? GM_CID_RAW : GM_CID_DAG_PB);
      again = gm_cid_dup_text (&cid);
      g_assert_cmpstr (again, ==, columns[2]);
      g_assert_true (gm_cid_decode (bytes, gm_cid_encode (&cid, bytes), &decoded, NULL));
      g_assert_true (gm_cid_equal (&cid, &decoded));
    }
  g_assert_cmpuint (n, >, 20);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    const char *words;
  } cases[] = {
    { "", "not a CID" },
    { "Qm", "not a CID" },
    { V0 "x", "not a CID" },
    { " " V0, "not a CID" },
    { "QmbFMke1KXqnYyBBWxB74N4c5SBnJMVAiMNRcGu6x1AwQ0", "not base58" }, /* 0 is no digit */
    { "QmbFMke1KXqnYyBBWxB74N4c5SBnJMVAiMNRcGu6x1AwQ\xc3", "not base58" },
    { "Qmzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "sha2-256" },
    { "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvykV", "base32" },
    { "bAFKREIHDWDCEFGH4DQKJV67UZCMW7OJEE6XEDZDETOJUZJEVTENXQUVYKU", "base32" },
    { "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvykv", "base32" }, /* odd bits */
    { "BAFKREIHDWDCEFGH4DQKJV67UZCMW7OJEE6XEDZDETOJUZJEVTENXQUVYKU", "not a CID" },
    { "zafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku", "not a CID" },
    { "baejreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku", "codec" },
    { "bajkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku", "version" },
    { "bafkrmihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku", "sha2-256" },
    { "../../../etc/passwd", "not a CID" },
    { "ipfs/" V1, "not a CID" },
  };
  g_autofree char *huge = g_strnfill (1 << 20, 'b');
  GmCid cid = { .version = 7 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (gm_cid_parse (cases[i].text, &cid, &error));
      g_test_message ("case %u: %s", i, error->message);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_assert_nonnull (strstr (error->message, cases[i].words));
    }
  g_assert_false (gm_cid_parse (huge, &cid, NULL));
  g_assert_cmpuint (cid.version, ==, 7); /* untouched */
}

static void
test_verify (void)
{
  g_autoptr (GError) error = NULL;
  GmCid cid;

  g_assert_true (gm_cid_parse (V1, &cid, NULL)); /* of no bytes */
  g_assert_true (gm_cid_verify (&cid, (const guint8 *) "", 0, NULL));
  g_assert_false (gm_cid_verify (&cid, (const guint8 *) "x", 1, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_assert_nonnull (strstr (error->message, V1));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cid/there-and-back", test_there_and_back);
  g_test_add_func ("/cid/refused-by-name", test_refused);
  g_test_add_func ("/cid/verify-compares-the-digest", test_verify);
  return g_test_run ();
}
