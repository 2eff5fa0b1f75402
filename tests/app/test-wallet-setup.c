/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/wallet-setup.h"

#include <string.h>

#include "base/error.h"
#include "session-scene.h"
#include "vault/sealed.h"

#define ZOO                                                                                        \
  "legal winner thank year wave sausage worth useful legal winner thank yellow" /* BIP-39 */
#define ZOO_ADDRESS "0x58A57ed9d8d624cBD12e2C467D34787555bB1b25"

typedef struct
{
  SessionScene *scene;
  GmAccount *account;
  GmWalletSetup *setup;
} World;

static World
world_new (void)
{
  SessionScene *scene = session_scene_new ();
  GmAccount *account = gm_session_get_account (scene->session);

  return (World){ scene, account, gm_wallet_setup_new (account) };
}

static void
world_clear (World *w)
{
  g_assert_finalize_object (w->setup);
  session_scene_free (w->scene);
}

static GError *
error_of (World *w)
{
  GError *error;

  g_object_get (w->setup, "error", &error, NULL);
  return error;
}

static gboolean
is_settled (gpointer setup)
{
  return gm_wallet_setup_get_step (setup) != GM_WALLET_STEP_MAKING;
}

static void
create (World *w, const char *password)
{
  g_autoptr (GmSecret) secret = gm_secret_new_text (password);

  gm_wallet_setup_create (w->setup, secret);
  session_scene_wait (is_settled, w->setup);
}

#define assert_step(w, expected)                                                                   \
  g_assert_cmpint (gm_wallet_setup_get_step ((w)->setup), ==, GM_WALLET_STEP_##expected)

/* What a person wrote down. */
static void
write_down (World *w, char *paper[24])
{
  for (guint i = 0; i < 24; i++)
    paper[i] = gm_wallet_setup_dup_word (w->setup, i);
}

static void
clear_paper (char *paper[24])
{
  for (guint i = 0; i < 24; i++)
    g_free (paper[i]);
}

static void
type_asked (World *w, char *const paper[24], const char *typed[GM_WALLET_SETUP_ASKED])
{
  for (guint i = 0; i < GM_WALLET_SETUP_ASKED; i++)
    typed[i] = paper[gm_wallet_setup_get_asked (w->setup, i)];
}

static void
test_new (void)
{
  World w = world_new ();
  char *paper[24];
  const char *typed[GM_WALLET_SETUP_ASKED];

  gm_wallet_setup_start (w.setup, 12);
  assert_step (&w, WORDS);
  write_down (&w, paper);
  g_assert_nonnull (paper[11]);
  g_assert_null (paper[12]);
  gm_wallet_setup_written (w.setup);
  assert_step (&w, CHECK);
  g_assert_null (gm_wallet_setup_dup_word (w.setup, 0)); /* not shown any more */
  type_asked (&w, paper, typed);
  gm_wallet_setup_check (w.setup, typed);
  assert_step (&w, PASSWORD);
  create (&w, "correct horse battery");
  assert_step (&w, DONE);
  g_assert_true (gm_account_has_wallet (w.account));
  g_assert_false (gm_account_is_locked (w.account));
  g_assert_cmpuint (strlen (gm_account_get_address (w.account)), ==, 42);
  clear_paper (paper);
  world_clear (&w);
}

/* No verb leads past the check but the right words. */
static void
test_order (void)
{
  World w = world_new ();
  g_autoptr (GmSecret) password = gm_secret_new_text ("correct horse battery");
  g_autoptr (GmSecret) typed = gm_secret_new_text (ZOO);
  const char *none[GM_WALLET_SETUP_ASKED] = { NULL };
  const char *empty[GM_WALLET_SETUP_ASKED] = { "", "", "" };
  g_autoptr (GError) error = NULL;

  gm_wallet_setup_create (w.setup, password);
  gm_wallet_setup_written (w.setup);
  gm_wallet_setup_check (w.setup, empty);
  gm_wallet_setup_restore (w.setup, typed);
  assert_step (&w, CHOICE);

  gm_wallet_setup_start (w.setup, 24);
  gm_wallet_setup_create (w.setup, password);
  gm_wallet_setup_check (w.setup, empty);
  gm_wallet_setup_restore (w.setup, typed);
  gm_wallet_setup_type (w.setup);
  assert_step (&w, WORDS);

  gm_wallet_setup_written (w.setup);
  gm_wallet_setup_create (w.setup, password);
  gm_wallet_setup_start (w.setup, 12);
  gm_wallet_setup_check (w.setup, empty);
  gm_wallet_setup_check (w.setup, none);
  assert_step (&w, CHECK);
  error = error_of (&w);
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_assert_false (gm_account_has_wallet (w.account));
  world_clear (&w);
}

static void
test_typos (void)
{
  World w = world_new ();
  char *paper[24];
  const char *typed[GM_WALLET_SETUP_ASKED];
  g_autofree char *loose = NULL;
  g_autofree char *named = NULL;
  g_autoptr (GError) error = NULL;

  gm_wallet_setup_start (w.setup, 12);
  write_down (&w, paper);
  gm_wallet_setup_written (w.setup);
  type_asked (&w, paper, typed);
  typed[1] = "abandonn";
  gm_wallet_setup_check (w.setup, typed);
  assert_step (&w, CHECK);
  error = error_of (&w);
  named = g_strdup_printf ("Word %u ", gm_wallet_setup_get_asked (w.setup, 1) + 1);
  g_assert_true (g_str_has_prefix (error->message, named));

  /* capitals and spaces are no mistake */
  type_asked (&w, paper, typed);
  loose = g_strdup_printf (" %s ", typed[1]);
  loose[1] = g_ascii_toupper (loose[1]);
  typed[1] = loose;
  gm_wallet_setup_check (w.setup, typed);
  assert_step (&w, PASSWORD);
  clear_paper (paper);
  world_clear (&w);
}

static void
test_asked (void)
{
  World w = world_new ();
  guint seen = 0;

  gm_wallet_setup_start (w.setup, 12);
  for (guint round = 0; round < 200; round++)
    {
      gm_wallet_setup_written (w.setup);
      for (guint i = 0; i < GM_WALLET_SETUP_ASKED; i++)
        {
          g_assert_cmpuint (gm_wallet_setup_get_asked (w.setup, i), <, 12);
          if (i > 0)
            g_assert_cmpuint (gm_wallet_setup_get_asked (w.setup, i), >,
                              gm_wallet_setup_get_asked (w.setup, i - 1));
          seen |= 1u << gm_wallet_setup_get_asked (w.setup, i);
        }
      gm_wallet_setup_back (w.setup);
      assert_step (&w, WORDS);
    }
  g_assert_cmphex (seen, ==, 0xfff); /* each of them is asked sometimes */
  world_clear (&w);
}

static void
test_back (void)
{
  World w = world_new ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  guint same = 0;

  gm_wallet_setup_start (w.setup, 12);
  gm_wallet_setup_back (w.setup);
  assert_step (&w, CHOICE);
  g_assert_null (gm_wallet_setup_dup_word (w.setup, 0));
  for (guint i = 0; i < 3; i++) /* new words each time */
    {
      gm_wallet_setup_start (w.setup, 24);
      first = gm_wallet_setup_dup_word (w.setup, 7);
      gm_wallet_setup_start (w.setup, 24);
      second = gm_wallet_setup_dup_word (w.setup, 7);
      same += g_strcmp0 (first, second) == 0 ? 1 : 0;
      g_clear_pointer (&first, g_free);
      g_clear_pointer (&second, g_free);
    }
  g_assert_cmpuint (same, <, 3);
  world_clear (&w);
}

static void
test_restore (void)
{
  static const struct
  {
    const char *typed;
    gboolean good;
  } cases[] = {
    { "", FALSE },
    { "legal winner thank", FALSE },
    { "legal winner thank year wave sausage worth useful legal winner thank thank", FALSE },
    { "legal winner thank year wave sausage worth useful legal winner thank yelow", FALSE },
    { "  Legal WINNER thank year wave sausage\nworth useful legal winner thank yellow ", TRUE },
  };
  World w = world_new ();

  gm_wallet_setup_type (w.setup);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GmSecret) typed = gm_secret_new_text (cases[i].typed);
      g_autoptr (GError) error = NULL;

      gm_wallet_setup_restore (w.setup, typed);
      error = error_of (&w);
      g_assert_cmpint (error == NULL, ==, cases[i].good);
      if (cases[i].good)
        assert_step (&w, PASSWORD);
      else
        assert_step (&w, TYPED);
    }
  create (&w, "correct horse battery");
  g_assert_cmpstr (gm_account_get_address (w.account), ==, ZOO_ADDRESS);
  world_clear (&w);
}

/* A wallet that is here already is never overwritten. */
static void
test_conflict (void)
{
  World w = world_new ();
  g_autoptr (GmWalletSetup) second = gm_wallet_setup_new (w.account);
  g_autoptr (GmSecret) typed = gm_secret_new_text (ZOO);
  g_autoptr (GmSecret) password = gm_secret_new_text ("another password");
  g_autoptr (GError) error = NULL;

  gm_wallet_setup_type (w.setup);
  gm_wallet_setup_restore (w.setup, typed);
  create (&w, "correct horse battery");
  gm_wallet_setup_type (second);
  gm_wallet_setup_restore (second, typed);
  gm_wallet_setup_create (second, password);
  session_scene_wait (is_settled, second);
  g_assert_cmpint (gm_wallet_setup_get_step (second), ==, GM_WALLET_STEP_PASSWORD);
  g_object_get (second, "error", &error, NULL);
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  world_clear (&w);
}

int
main (int argc, char **argv)
{
  static const GmSealedCost cheap = { 64 * 1024, GM_SEALED_MIN_PASSES };

  g_test_init (&argc, &argv, NULL);
  gm_sealed_set_cost_for_test (&cheap);
  g_test_add_func ("/wallet-setup/words-a-check-and-a-password-make-a-wallet", test_new);
  g_test_add_func ("/wallet-setup/no-step-can-be-skipped", test_order);
  g_test_add_func ("/wallet-setup/a-wrong-word-is-named", test_typos);
  g_test_add_func ("/wallet-setup/other-words-are-asked-each-time", test_asked);
  g_test_add_func ("/wallet-setup/going-back-forgets-the-words", test_back);
  g_test_add_func ("/wallet-setup/words-bring-the-wallet-back", test_restore);
  g_test_add_func ("/wallet-setup/a-wallet-is-never-overwritten", test_conflict);
  return g_test_run ();
}
