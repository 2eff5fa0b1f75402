/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "keynode/nonce-window.h"

#include <string.h>

#include "base/error.h"

static void
test_once (void)
{
  g_autoptr (GmNonceWindow) window = gm_nonce_window_new ();
  g_autoptr (GError) error = NULL;
  GmHash nonce = { { 1 } };
  GmHash other = { { 1, [31] = 1 } };

  g_assert_true (gm_nonce_window_take (window, &nonce, 100, 1, NULL));
  g_assert_true (gm_nonce_window_take (window, &other, 100, 1, NULL));
  g_assert_false (gm_nonce_window_take (window, &nonce, 100, 99, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "already"));
}

static void
test_bounded (void)
{
  g_autoptr (GmNonceWindow) window = gm_nonce_window_new ();
  g_autoptr (GError) error = NULL;
  GmHash nonce = { { 0 } };

  for (guint32 i = 0; i < GM_NONCE_WINDOW_MAX; i++)
    {
      memcpy (nonce.b, &i, sizeof i);
      g_assert_true (gm_nonce_window_take (window, &nonce, i % 2 == 0 ? 100 : 200, 1, NULL));
    }
  nonce.b[31] = 1;
  g_assert_false (gm_nonce_window_take (window, &nonce, 300, 99, &error));
  g_assert_nonnull (strstr (error->message, "too many"));
  g_assert_true (gm_nonce_window_take (window, &nonce, 300, 100, NULL)); /* half has expired */
  nonce.b[31] = 0;
  memcpy (nonce.b, &(guint32){ 1 }, 4);
  g_assert_false (gm_nonce_window_take (window, &nonce, 300, 100, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nonce-window/each-nonce-once", test_once);
  g_test_add_func ("/nonce-window/full-refuses-until-some-expire", test_bounded);
  return g_test_run ();
}
