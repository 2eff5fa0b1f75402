/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/vault.h"

#include <glib/gstdio.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "evm/address.h"
#include "evm/signable.h"
#include "vault/sealed.h"
#include "vault/words.h"

#define WORDS "test test test test test test test test test test test junk"

static const GmSealedCost cheap = { 64 * 1024, 1 };

typedef struct
{
  char *folder;
  char *path;
  GmSecret *words;
  GmSecret *password;
  GmVault *vault;
} Scene;

static void
set_up (Scene *self, gconstpointer unused)
{
  self->folder = g_dir_make_tmp ("gm-vault-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "keystore.json", NULL);
  self->words = gm_secret_new_text (WORDS);
  self->password = gm_secret_new_text ("correct horse");
  self->vault = gm_vault_new (self->path, NULL);
  g_assert_nonnull (self->vault);
}

static void
tear_down (Scene *self, gconstpointer unused)
{
  g_autofree char *old = g_strconcat (self->path, ".old", NULL);

  gm_vault_unref (self->vault);
  gm_secret_unref (self->words);
  gm_secret_unref (self->password);
  g_unlink (self->path);
  g_unlink (old);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0); /* and no part is left behind */
  g_free (self->path);
  g_free (self->folder);
  gm_clock_set_for_test (0);
}

static void
it_signs_while_unlocked (Scene *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  GmSigner *signer;
  GmSignature signature;
  const GmSignable what = { GM_SIGNABLE_TEXT, .text = "hello" };
  GmHash digest;

  g_assert_cmpint (gm_vault_state (self->vault), ==, GM_VAULT_ABSENT);
  g_assert_true (gm_vault_create (self->vault, self->words, self->password, &error));
  g_assert_cmpint (gm_vault_state (self->vault), ==, GM_VAULT_UNLOCKED);

  signer = gm_vault_signer_new (self->vault, 0, NULL);
  g_assert_true (signer->sign (signer, &what, &signature, NULL));
  gm_signature_personal_digest (what.text, &digest);
  g_assert_true (gm_signature_verify (&signature, &digest, &signer->address, NULL));

  gm_vault_lock (self->vault);
  g_assert_false (signer->sign (signer, &what, &signature, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_LOCKED);
  g_assert_true (gm_vault_unlock (self->vault, self->password, NULL));
  g_assert_true (signer->sign (signer, &what, &signature, NULL));
  gm_vault_signer_free (signer);
}

static gboolean
set_device (GmKeystore *keystore, GmSecret *master, gpointer key, GError **error)
{
  return gm_keystore_set_device (keystore, master, key, error);
}

/* Who only has the key of the machine has not shown the password; trying it changes nothing. */
static void
it_knows_what_opened_it (Scene *self, gconstpointer unused)
{
  g_autoptr (GmSecret) device = gm_secret_new_random (32);
  g_autoptr (GmSecret) wrong = gm_secret_new_text ("wrong");
  g_autoptr (GError) error = NULL;

  g_assert_true (gm_vault_create (self->vault, self->words, self->password, NULL));
  g_assert_true (gm_vault_use (self->vault, set_device, device, NULL));
  g_assert_false (gm_vault_is_by_device (self->vault));
  gm_vault_lock (self->vault);
  g_assert_true (gm_vault_unlock_device (self->vault, device, NULL));
  g_assert_true (gm_vault_is_by_device (self->vault));
  g_assert_true (gm_vault_use (self->vault, set_device, device, NULL));
  g_assert_true (gm_vault_is_by_device (self->vault));

  g_assert_false (gm_vault_check_password (self->vault, wrong, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_assert_true (gm_vault_check_password (self->vault, self->password, NULL));
  g_assert_true (gm_vault_is_by_device (self->vault));

  gm_vault_lock (self->vault);
  g_assert_false (gm_vault_is_by_device (self->vault));
  g_assert_true (gm_vault_check_password (self->vault, self->password, NULL));
  g_assert_cmpint (gm_vault_state (self->vault), ==, GM_VAULT_LOCKED);
  g_assert_true (gm_vault_unlock (self->vault, self->password, NULL));
  g_assert_false (gm_vault_is_by_device (self->vault));
}

static void
only_the_password_unlocks (Scene *self, gconstpointer unused)
{
  g_autoptr (GmSecret) wrong = gm_secret_new_text ("wrong");
  g_autoptr (GmVault) again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (gm_vault_unlock (self->vault, self->password, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (gm_vault_create (self->vault, self->words, self->password, NULL));
  g_assert_false (gm_vault_create (self->vault, self->words, self->password, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpint (gm_vault_state (self->vault), ==, GM_VAULT_UNLOCKED);

  again = gm_vault_new (self->path, NULL);
  g_assert_cmpint (gm_vault_state (again), ==, GM_VAULT_LOCKED);
  g_assert_false (gm_vault_unlock (again, wrong, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_assert_cmpint (gm_vault_state (again), ==, GM_VAULT_LOCKED);
  g_assert_true (gm_vault_unlock (again, self->password, NULL));
  g_assert_cmpint (gm_vault_state (again), ==, GM_VAULT_UNLOCKED);
}

static void
assert_count (GmVault *vault, guint n)
{
  g_autoptr (GPtrArray) list = gm_vault_list (vault);

  g_assert_cmpuint (list->len, ==, n);
}

static void
an_account_is_known_while_locked (Scene *self, gconstpointer unused)
{
  g_autofree char *name = NULL, *text = NULL;
  GmAddress address = { { 1 } };

  assert_count (self->vault, 0);
  g_assert_false (gm_vault_account (self->vault, 0, &address, &name));
  g_assert_null (name);
  g_assert_true (gm_vault_create (self->vault, self->words, self->password, NULL));
  gm_vault_lock (self->vault);
  assert_count (self->vault, 1);
  g_assert_true (gm_vault_account (self->vault, 0, &address, &name));
  g_assert_true (gm_vault_account (self->vault, 0, &address, NULL));
  g_assert_false (gm_vault_account (self->vault, 1, &address, NULL));
  text = gm_address_dup_text (&address);
  g_assert_cmpstr (text, ==, "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
  g_assert_cmpstr (name, ==, "Main account");
}

static void
a_locked_vault_gives_nothing (Scene *self, gconstpointer unused)
{
  g_autoptr (GmSecret) words = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (gm_vault_signer_new (self->vault, 0, &error)); /* absent */
  g_assert_error (error, GM_ERROR, GM_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_true (gm_vault_create (self->vault, self->words, self->password, NULL));
  words = gm_vault_dup_words (self->vault, NULL);
  g_assert_true (gm_secret_equal (words, self->words));
  g_assert_null (gm_vault_signer_new (self->vault, 1, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);

  gm_vault_lock (self->vault);
  gm_vault_lock (self->vault);
  g_assert_null (gm_vault_signer_new (self->vault, 0, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_null (gm_vault_dup_words (self->vault, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_LOCKED);
}

static void
an_idle_vault_locks (Scene *self, gconstpointer unused)
{
  const gint64 start = G_GINT64_CONSTANT (1800000000000);
  const gint64 limit = GM_VAULT_IDLE_SECONDS * 1000;

  gm_clock_set_for_test (start);
  g_assert_cmpint (gm_vault_locks_at_ms (self->vault), ==, 0);
  g_assert_true (gm_vault_create (self->vault, self->words, self->password, NULL));
  g_assert_cmpint (gm_vault_locks_at_ms (self->vault), ==, start + limit);
  gm_clock_set_for_test (start + limit - 1);
  g_assert_false (gm_vault_lock_if_idle (self->vault));
  gm_vault_touch (self->vault);
  g_assert_cmpint (gm_vault_locks_at_ms (self->vault), ==, start + 2 * limit - 1);
  gm_clock_set_for_test (start + 2 * limit - 1);
  gm_vault_touch (self->vault); /* too late */
  g_assert_true (gm_vault_lock_if_idle (self->vault));
  g_assert_false (gm_vault_lock_if_idle (self->vault));
  g_assert_cmpint (gm_vault_state (self->vault), ==, GM_VAULT_LOCKED);
  g_assert_cmpint (gm_vault_locks_at_ms (self->vault), ==, 0);

  g_assert_true (gm_vault_unlock (self->vault, self->password, NULL));
  gm_vault_set_idle (self->vault, 0);
  g_assert_cmpint (gm_vault_locks_at_ms (self->vault), ==, 0);
  gm_clock_set_for_test (start + 1000 * limit);
  g_assert_false (gm_vault_lock_if_idle (self->vault));
  gm_vault_set_idle (self->vault, 1);
  g_assert_true (gm_vault_lock_if_idle (self->vault));
}

/* Whoever forgets the timer still has a lock. */
static void
a_signer_refuses_after_that_time (Scene *self, gconstpointer unused)
{
  const gint64 start = G_GINT64_CONSTANT (1800000000000);
  const gint64 limit = GM_VAULT_IDLE_SECONDS * 1000;
  const GmSignable what = { GM_SIGNABLE_TEXT, .text = "hello" };
  g_autoptr (GError) error = NULL;
  GmSignature signature;
  GmSigner *signer;

  gm_clock_set_for_test (start);
  g_assert_true (gm_vault_create (self->vault, self->words, self->password, NULL));
  signer = gm_vault_signer_new (self->vault, 0, NULL);
  gm_clock_set_for_test (start + limit - 1);
  g_assert_true (signer->sign (signer, &what, &signature, NULL)); /* is use */
  gm_clock_set_for_test (start + 2 * limit - 2);
  g_assert_true (signer->sign (signer, &what, &signature, NULL));
  gm_clock_set_for_test (start + 3 * limit);
  g_assert_false (signer->sign (signer, &what, &signature, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_LOCKED);
  g_assert_cmpint (gm_vault_state (self->vault), ==, GM_VAULT_LOCKED);
  gm_vault_signer_free (signer);
}

static void
a_clock_set_back_does_not_unlock_for_longer (Scene *self, gconstpointer unused)
{
  const gint64 start = G_GINT64_CONSTANT (1800000000000);
  const gint64 limit = GM_VAULT_IDLE_SECONDS * 1000;

  gm_clock_set_for_test (start);
  g_assert_true (gm_vault_create (self->vault, self->words, self->password, NULL));
  gm_clock_set_for_test (start - 24 * 60 * 60 * 1000);
  g_assert_false (gm_vault_lock_if_idle (self->vault));
  gm_clock_set_for_test (start - 24 * 60 * 60 * 1000 + limit);
  g_assert_true (gm_vault_lock_if_idle (self->vault));
}

static void
a_signer_outlives_its_maker (Scene *self, gconstpointer unused)
{
  const GmSignable what = { GM_SIGNABLE_TEXT, .text = "hello" };
  GmSignature signature;
  GmSigner *signer;

  g_assert_true (gm_vault_create (self->vault, self->words, self->password, NULL));
  signer = gm_vault_signer_new (self->vault, 0, NULL);
  g_clear_pointer (&self->vault, gm_vault_unref);
  g_assert_true (signer->sign (signer, &what, &signature, NULL));
  gm_vault_signer_free (signer);
  gm_vault_signer_free (NULL);
}

static void
a_password_is_changed (Scene *self, gconstpointer unused)
{
  g_autoptr (GmSecret) fresh = gm_secret_new_text ("battery staple");
  g_autoptr (GError) error = NULL;

  g_assert_true (gm_vault_create (self->vault, self->words, self->password, NULL));
  g_assert_false (gm_vault_change_password (self->vault, fresh, fresh, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_true (gm_vault_change_password (self->vault, self->password, fresh, NULL));
  g_assert_cmpint (gm_vault_state (self->vault), ==, GM_VAULT_UNLOCKED);
  gm_vault_lock (self->vault);
  g_assert_false (gm_vault_unlock (self->vault, self->password, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_assert_true (gm_vault_unlock (self->vault, fresh, NULL));
}

static void
a_broken_file_is_no_absent_vault (Scene *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (self->path, "{}", -1, NULL));
  g_assert_null (gm_vault_new (self->path, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);
  g_assert_false (gm_vault_create (self->vault, self->words, self->password, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
}

static gpointer
unlock_it (gpointer data)
{
  Scene *self = data;

  g_assert_true (gm_vault_unlock (self->vault, self->password, NULL));
  return NULL;
}

/* A screen asks on the main thread while a password is tried on another. */
static void
asking_does_not_wait_for_a_password (Scene *self, gconstpointer unused)
{
  const GmSealedCost slow = { 16 * 1024 * 1024, 8 };
  guint64 asked = 0;
  GThread *thread;

  gm_sealed_set_cost_for_test (&slow);
  g_assert_true (gm_vault_create (self->vault, self->words, self->password, NULL));
  gm_vault_lock (self->vault);
  thread = g_thread_new ("unlock", unlock_it, self);
  while (gm_vault_state (self->vault) == GM_VAULT_LOCKED)
    asked++;
  g_thread_join (thread);
  gm_sealed_set_cost_for_test (&cheap);
  g_assert_cmpuint (asked, >, 100); /* a password waited for would be asked twice */
}

typedef struct
{
  Scene *scene;
  GError *error;
  gboolean good;
} Try;

static gpointer
try_it (gpointer data)
{
  Try *try = data;

  try->good = gm_vault_unlock (try->scene->vault, try->scene->password, &try->error);
  return NULL;
}

/* Locked while a password is tried, on suspend for one: what was asked last holds. The file was
 * read, so the trying began; it takes as long as one password does. */
static void
locking_wins_over_a_password_on_trial (Scene *self, gconstpointer unused)
{
  const GmSealedCost slow = { 16 * 1024 * 1024, 8 };
  Try try = { .scene = self };
  g_autoptr (GError) error = NULL;
  char event[4096];
  int watch = inotify_init1 (IN_CLOEXEC);
  GThread *thread;

  gm_sealed_set_cost_for_test (&slow);
  g_assert_true (gm_vault_create (self->vault, self->words, self->password, NULL));
  gm_vault_lock (self->vault);
  g_assert_cmpint (inotify_add_watch (watch, self->path, IN_CLOSE_NOWRITE), >=, 0);
  thread = g_thread_new ("unlock", try_it, &try);
  g_assert_cmpint (read (watch, event, sizeof event), >, 0);
  gm_vault_lock (self->vault);
  g_thread_join (thread);
  gm_sealed_set_cost_for_test (&cheap);
  close (watch);

  g_assert_cmpint (gm_vault_state (self->vault), ==, GM_VAULT_LOCKED);
  g_assert_null (gm_vault_signer_new (self->vault, 0, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_LOCKED);
  if (!try.good) /* else this thread slept for as long as a password takes */
    g_assert_error (try.error, GM_ERROR, GM_ERROR_LOCKED);
  g_clear_error (&try.error);
}

typedef struct
{
  Scene *scene;
  gint stop;
  gint n_signed, refused;
} Crowd;

static gpointer
sign_on (gpointer data)
{
  Crowd *crowd = data;
  GmVault *vault = crowd->scene->vault;
  guint8 n = 0;

  while (!g_atomic_int_get (&crowd->stop))
    {
      g_autofree char *text = g_strdup_printf ("%u", n++);
      const GmSignable what = { GM_SIGNABLE_TEXT, .text = text };
      g_autoptr (GError) error = NULL;
      GmSignature signature;
      GmHash digest;
      GmSigner *signer = gm_vault_signer_new (vault, 0, &error);

      if (signer != NULL && signer->sign (signer, &what, &signature, &error))
        {
          gm_signature_personal_digest (what.text, &digest);
          g_assert_true (gm_signature_verify (&signature, &digest, &signer->address, NULL));
          g_atomic_int_inc (&crowd->n_signed);
        }
      else
        {
          g_assert_error (error, GM_ERROR, GM_ERROR_LOCKED);
          g_atomic_int_inc (&crowd->refused);
        }
      gm_vault_signer_free (signer);
    }
  return NULL;
}

static void
any_thread_may_do_anything (Scene *self, gconstpointer unused)
{
  Crowd crowd = { .scene = self };
  GThread *threads[3];

  g_assert_true (gm_vault_create (self->vault, self->words, self->password, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("sign", sign_on, &crowd);
  for (guint i = 0; i < 30 || g_atomic_int_get (&crowd.n_signed) < 10; i++)
    {
      GmAddress address;

      gm_vault_lock (self->vault);
      g_assert_true (gm_vault_account (self->vault, 0, &address, NULL));
      gm_vault_touch (self->vault);
      g_assert_true (gm_vault_unlock (self->vault, self->password, NULL));
      gm_vault_lock_if_idle (self->vault);
    }
  g_atomic_int_set (&crowd.stop, 1);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

#define ADD(name, test) g_test_add (name, Scene, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gm_sealed_set_cost_for_test (&cheap);
  ADD ("/vault/it-signs-while-unlocked", it_signs_while_unlocked);
  ADD ("/vault/it-knows-what-opened-it", it_knows_what_opened_it);
  ADD ("/vault/only-the-password-unlocks", only_the_password_unlocks);
  ADD ("/vault/an-account-is-known-while-locked", an_account_is_known_while_locked);
  ADD ("/vault/a-locked-vault-gives-nothing", a_locked_vault_gives_nothing);
  ADD ("/vault/an-idle-vault-locks", an_idle_vault_locks);
  ADD ("/vault/a-signer-refuses-after-that-time", a_signer_refuses_after_that_time);
  ADD ("/vault/a-clock-set-back-does-not-unlock-for-longer",
       a_clock_set_back_does_not_unlock_for_longer);
  ADD ("/vault/a-signer-outlives-its-maker", a_signer_outlives_its_maker);
  ADD ("/vault/a-password-is-changed", a_password_is_changed);
  ADD ("/vault/a-broken-file-is-no-absent-vault", a_broken_file_is_no_absent_vault);
  ADD ("/vault/asking-does-not-wait-for-a-password", asking_does_not_wait_for_a_password);
  ADD ("/vault/locking-wins-over-a-password-on-trial", locking_wins_over_a_password_on_trial);
  ADD ("/vault/any-thread-may-do-anything", any_thread_may_do_anything);
  return g_test_run ();
}
