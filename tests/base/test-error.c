/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"

#include <gio/gio.h>

static gboolean
guard (gboolean right, int *out, GError **error)
{
  if (!right)
    return gm_fail (error, GM_ERROR_FUNDS, "%d is too little", 5);

  *out = 1;
  return TRUE;
}

static void
test_fail (void)
{
  g_autoptr (GError) error = NULL;
  int out = 7;

  g_assert_false (guard (FALSE, &out, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_FUNDS);
  g_assert_cmpstr (error->message, ==, "5 is too little");
  g_assert_cmpint (out, ==, 7);
  g_assert_false (guard (FALSE, &out, NULL)); /* nobody asks why */
  g_assert_null (gm_fail_null (NULL, GM_ERROR_BUG, "none"));
  g_clear_error (&error);
  g_assert_true (guard (TRUE, &out, &error));
  g_assert_no_error (error);
}

static void
test_foreign (void)
{
  const struct
  {
    GQuark domain;
    int code;
    GmErrorCode ours;
  } cases[] = {
    { G_IO_ERROR, G_IO_ERROR_CANCELLED, GM_ERROR_DECLINED },
    { G_IO_ERROR, G_IO_ERROR_NOT_FOUND, GM_ERROR_NOT_FOUND },
    { G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, GM_ERROR_DENIED },
    { G_IO_ERROR, G_IO_ERROR_EXISTS, GM_ERROR_CONFLICT },
    { G_IO_ERROR, G_IO_ERROR_INVALID_DATA, GM_ERROR_BAD_DATA },
    { G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, GM_ERROR_BAD_DATA },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, GM_ERROR_OFFLINE },
    { G_IO_ERROR, G_IO_ERROR_TIMED_OUT, GM_ERROR_OFFLINE },
    { G_FILE_ERROR, G_FILE_ERROR_NOENT, GM_ERROR_NOT_FOUND },
    { G_FILE_ERROR, G_FILE_ERROR_ACCES, GM_ERROR_DENIED },
    { G_FILE_ERROR, G_FILE_ERROR_EXIST, GM_ERROR_CONFLICT },
    { G_FILE_ERROR, G_FILE_ERROR_ISDIR, GM_ERROR_BAD_DATA },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, GM_ERROR_OFFLINE },
    { G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, GM_ERROR_OFFLINE },
    { G_MARKUP_ERROR, G_MARKUP_ERROR_PARSE, GM_ERROR_BUG }, /* should have been converted */
    { GM_ERROR, GM_ERROR_LOCKED, GM_ERROR_LOCKED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (cases[i].domain, cases[i].code, "the words");

      gm_error_adopt (&error);
      g_assert_error (error, GM_ERROR, (int) cases[i].ours);
      g_assert_cmpstr (error->message, ==, "the words");
    }
}

static void
test_full_disk (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_NOSPC,
                                                  "write() failed: No space left on device");

  gm_error_adopt (&error);
  g_assert_error (error, GM_ERROR, GM_ERROR_OFFLINE);
  g_assert_cmpstr (error->message, ==, "the disk is full. Free some space and try again");
}

static void
test_nothing_to_adopt (void)
{
  GError *error = NULL;

  gm_error_adopt (NULL);
  gm_error_adopt (&error);
  g_assert_no_error (error);
}

static void
test_is (void)
{
  g_autoptr (GError) ours = g_error_new (GM_ERROR, GM_ERROR_REMOTE, "x");
  g_autoptr (GError) foreign = g_error_new (G_IO_ERROR, (int) GM_ERROR_REMOTE, "x");

  g_assert_true (gm_error_is (ours, GM_ERROR_REMOTE));
  g_assert_false (gm_error_is (ours, GM_ERROR_OFFLINE));
  g_assert_false (gm_error_is (foreign, GM_ERROR_REMOTE));
  g_assert_false (gm_error_is (NULL, GM_ERROR_OFFLINE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error/a-guard-is-one-statement", test_fail);
  g_test_add_func ("/error/foreign-ones-say-what-can-be-done", test_foreign);
  g_test_add_func ("/error/a-full-disk-is-said-in-words", test_full_disk);
  g_test_add_func ("/error/nothing-is-adopted-from-nothing", test_nothing_to_adopt);
  g_test_add_func ("/error/a-code-counts-in-our-domain-only", test_is);
  return g_test_run ();
}
