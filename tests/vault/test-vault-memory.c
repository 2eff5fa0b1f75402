/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "evm/signable.h"
#include "vault/hdkey.h"
#include "vault/raw-key.h"
#include "vault/sealed.h"
#include "vault/v3-keystore.h"
#include "vault/vault-accounts.h"
#include "vault/words.h"

#define MASK        0x5a
#define PIECE       (256 * 1024)
#define MAX_NEEDLE  256
#define MAX_MAPPING (G_GUINT64_CONSTANT (1) << 30) /* more is a shadow map of a sanitizer */

static const GmSealedCost cheap = { 64 * 1024, 1 };

/* A secret to look for, kept so that the needle itself is not in memory. */
typedef struct
{
  const char *what;
  guint8 masked[MAX_NEEDLE];
  gsize length;
  guint found;
} Needle;

typedef enum
{
  KEY,
  ENTROPY,
  WORDS,
  PASSWORD,
  IMPORTED,
  N_NEEDLES,
} Needles;

static void
remember (Needle *needle, const char *what, GmSecret *secret)
{
  const guint8 *bytes = gm_secret_open (secret);

  needle->what = what;
  needle->length = gm_secret_length (secret);
  g_assert_cmpuint (needle->length, <=, MAX_NEEDLE);
  for (gsize i = 0; i < needle->length; i++)
    needle->masked[i] = bytes[i] ^ MASK;
  gm_secret_close (secret);
}

static inline gboolean
is_at (const Needle *needle, const guint8 *at)
{
  if ((at[0] ^ MASK) != needle->masked[0])
    return FALSE;
  for (gsize i = 1; i < needle->length; i++)
    if ((at[i] ^ MASK) != needle->masked[i])
      return FALSE;
  return TRUE;
}

/* Pieces overlap, so a needle on their border is seen. */
static void
scan_piece (Needle *needles, const guint8 *piece, gsize length)
{
  for (guint n = 0; n < N_NEEDLES; n++)
    for (gsize i = 0; i + needles[n].length <= length; i++)
      if (is_at (&needles[n], piece + i))
        needles[n].found++;
}

static void
scan_mapping (Needle *needles, int memory, guint64 start, guint64 end)
{
  static guint8 piece[PIECE]; /* the only copy of anything; wiped after each look */

  for (guint64 at = start; at < end; at += PIECE - MAX_NEEDLE)
    {
      gssize got = pread (memory, piece, (gsize) MIN (PIECE, end - at), (off_t) at);

      if (got > 0 &&
          !(at <= (guint64) (gsize) piece && at + (guint64) got > (guint64) (gsize) piece))
        scan_piece (needles, piece, (gsize) got);
      memset (piece, 0, sizeof piece);
    }
}

/* All of this process that is not a file: heap, stacks, guarded pages even where they are closed.
 */
static void
scan (Needle *needles)
{
  int memory = open ("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  FILE *maps = fopen ("/proc/self/maps", "re");
  char line[512];
  guint mappings = 0;

  g_assert_cmpint (memory, >=, 0);
  g_assert_nonnull (maps);
  for (guint n = 0; n < N_NEEDLES; n++)
    needles[n].found = 0;
  while (fgets (line, sizeof line, maps) != NULL)
    {
      guint64 start, end;
      char rights[5];
      unsigned long inode;

      g_assert_cmpint (sscanf (line,
                               "%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x %4s %*s %*s %lu",
                               &start, &end, rights, &inode),
                       ==, 4);
      if (strstr (line, "[v") != NULL || end - start > MAX_MAPPING ||
          (inode != 0 && rights[1] != 'w'))
        continue;
      scan_mapping (needles, memory, start, end);
      mappings++;
    }
  fclose (maps);
  close (memory);
  g_assert_cmpuint (mappings, >, 2);
}

static void
remember_all (Needle *needles, GmSecret *words, GmSecret *password)
{
  g_autoptr (GmSecret) entropy = gm_words_to_entropy (words, NULL);
  g_autoptr (GmSecret) seed = gm_words_to_seed (words, NULL, NULL);
  g_autoptr (GmSecret) key = gm_hdkey_account (seed, 0, NULL);

  remember (&needles[KEY], "key", key);
  remember (&needles[ENTROPY], "entropy", entropy);
  remember (&needles[WORDS], "words", words);
  remember (&needles[PASSWORD], "password", password);
}

/* From another wallet's file, and out again as a file and as a text. */
static void
import_a_key (Needle *needle, GmVault *vault, GmSecret *password)
{
  g_autoptr (GmSecret) made = gm_secret_new_random (32);
  g_autoptr (GBytes) json = gm_v3_keystore_seal (made, password, NULL);
  g_autoptr (GmV3Keystore) keystore = gm_v3_keystore_parse (json, NULL);
  g_autoptr (GmSecret) key = gm_v3_keystore_open (keystore, password, NULL);
  g_autoptr (GmSecret) again = NULL;
  g_autoptr (GmSecret) text = NULL;
  g_autoptr (GmSecret) read = NULL;

  remember (needle, "imported key", key);
  g_assert_true (gm_vault_accounts_import (vault, key, "Imported", NULL));
  again = gm_vault_accounts_dup_key (vault, &keystore->address, NULL);
  text = gm_raw_key_format (again);
  read = gm_raw_key_parse (text, NULL);
  g_assert_true (gm_secret_equal (read, made));
}

static void
sign_with (GmVault *vault, guint account)
{
  GmSigner *signer = gm_vault_signer_new (vault, account, NULL);
  const GmSignable what = { GM_SIGNABLE_TEXT, .text = "hello" };
  GmSignature signature;

  g_assert_true (signer->sign (signer, &what, &signature, NULL));
  gm_vault_signer_free (signer);
}

/* A person's minute: words are shown, typed again, a wallet is made, used, and locked. */
static GmVault *
use_a_wallet (Needle *needles, const char *path)
{
  g_autoptr (GmSecret) shown = gm_words_new (12, NULL);
  g_autoptr (GmSecret) typed = gm_words_parse (shown, NULL);
  g_autoptr (GmSecret) password = gm_secret_new_random (20);
  g_autoptr (GmSecret) fresh = NULL;
  GmVault *vault = gm_vault_new (path, NULL);

  remember_all (needles, typed, password);
  g_assert_true (gm_vault_create (vault, typed, password, NULL));
  gm_vault_lock (vault);
  g_assert_true (gm_vault_unlock (vault, password, NULL));
  import_a_key (&needles[IMPORTED], vault, password);
  sign_with (vault, 0);
  sign_with (vault, 1);
  fresh = gm_vault_dup_words (vault, NULL);
  g_assert_true (gm_secret_equal (fresh, typed));

  scan (needles);
  for (guint n = 0; n < N_NEEDLES; n++)
    if (n != ENTROPY)                            /* never kept, only words and key are */
      g_assert_cmpuint (needles[n].found, >, 0); /* the look does find what is there */
  return vault;
}

static void
a_locked_vault_is_empty (void)
{
  static Needle needles[N_NEEDLES];
  g_autofree char *folder = g_dir_make_tmp ("gm-vault-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "keystore.json", NULL);
  g_autofree char *old = g_strconcat (path, ".old", NULL);
  GmVault *vault = use_a_wallet (needles, path);

  gm_vault_lock (vault);
  scan (needles);
  for (guint n = 0; n < N_NEEDLES; n++)
    if (needles[n].found > 0)
      g_error ("%s: %u times in memory after locking", needles[n].what, needles[n].found);
  gm_vault_unref (vault);
  g_unlink (path);
  g_unlink (old);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gm_sealed_set_cost_for_test (&cheap);
  g_test_add_func ("/vault-memory/a-locked-vault-is-empty", a_locked_vault_is_empty);
  return g_test_run ();
}
