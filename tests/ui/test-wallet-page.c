/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "buyer-scene.h"
#include "ui/buyer/qr-code.h"
#include "ui/buyer/wallet-page.h"
#include "ui/common/state-page.h"
#include "vault/sealed.h"

static gboolean
is_unlocked (gpointer account)
{
  return !gm_account_is_locked (account);
}

static void
on_done (gpointer owner, gpointer result, const GError *error)
{
  g_assert_no_error (error);
}

static void
test_wallet (void)
{
  UiScene *scene = ui_scene_new ();
  GmAccount *account = gm_session_get_account (scene->session);
  g_autoptr (GmSecret) words = gm_account_make_words (12, NULL);
  g_autoptr (GmSecret) password = gm_secret_new_text ("correct horse battery");
  GtkWidget *page = gm_wallet_page_new (scene->session);
  GtkWidget *window = buyer_show (page, 700, 800);
  g_autofree char *asked = NULL;

  ui_assert_named (page);
  buyer_press (page, "Create or Restore…");
  gm_account_create (account, words, password, G_OBJECT (scene->session), on_done);
  ui_wait (is_unlocked, account);
  ui_settle ();
  ui_assert_named (page);
  g_assert_false (buyer_may_press (page, "Sign In")); /* no store is open */
  buyer_press (page, "Lock");
  gm_account_lock (account);
  ui_settle ();
  buyer_press (page, "Unlock…");
  asked = buyer_take_asked (window);
  g_assert_cmpstr (asked, ==, "create-wallet; lock; unlock; ");
  buyer_close (window, page);
  ui_scene_free (scene);
}

static gboolean
is_black (const guint8 *pixels, guint side, guint x, guint y)
{
  return pixels[(y * side + x) * 4] == 0;
}

/* Three eyes of seven modules in the corners, white around: ISO/IEC 18004. */
static void
test_qr (void)
{
  static const char eye[7][8] = { "1111111", "1000001", "1011101", "1011101",
                                  "1011101", "1000001", "1111111" };
  g_autoptr (GdkTexture) qr = gm_qr_code_new ("0x58A57ed9d8d624cBD12e2C467D34787555bB1b25", 1);
  const guint side = (guint) gdk_texture_get_width (qr);
  g_autofree guint8 *pixels = g_malloc (side * side * 4);
  g_autofree char *endless = g_strnfill (10000, 'a');

  g_assert_cmpint (gdk_texture_get_height (qr), ==, side);
  gdk_texture_download (qr, pixels, side * 4);
  for (guint i = 0; i < side; i++)
    for (guint margin = 0; margin < 4; margin++)
      g_assert_false (is_black (pixels, side, i, margin));
  for (guint y = 0; y < 7; y++)
    for (guint x = 0; x < 7; x++)
      {
        g_assert_cmpint (is_black (pixels, side, 4 + x, 4 + y), ==, eye[y][x] == '1');
        g_assert_cmpint (is_black (pixels, side, side - 11 + x, 4 + y), ==, eye[y][x] == '1');
        g_assert_cmpint (is_black (pixels, side, 4 + x, side - 11 + y), ==, eye[y][x] == '1');
      }
  g_assert_null (gm_qr_code_new (endless, 1));
}

int
main (int argc, char *argv[])
{
  static const GmSealedCost cheap = { 64 * 1024, GM_SEALED_MIN_PASSES };

  ui_scene_init (&argc, &argv);
  gm_sealed_set_cost_for_test (&cheap);
  g_test_add_func ("/wallet-page/it-says-who-one-is-and-locks", test_wallet);
  g_test_add_func ("/wallet-page/the-qr-code-has-eyes-and-a-margin", test_qr);
  return g_test_run ();
}
