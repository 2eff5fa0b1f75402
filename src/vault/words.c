/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "vault/words.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "base/bytes.h"
#include "base/error.h"
#include "vault/nfkd.h"
#include "vault/words-list.h"

#define WORD_BITS    11
#define MIN_WORDS    12
#define MAX_WORDS    24
#define MAX_BYTES    33 /* 24 words: 256 bits and a checksum of 8 */
#define SEED_BYTES   64
#define SEED_ROUNDS  2048
#define SALT         "mnemonic"
#define SALT_LENGTH  8
#define FIRST_BLOCK  "\0\0\0\1" /* RFC 8018 section 5.2: INT (1), and one block is all */
#define BLOCK_LENGTH 4

const char *
gm_words_get (guint index)
{
  g_assert (index < GM_WORDS_LIST);
  return gm_words_list[index];
}

static int
find (const char *word, gsize length)
{
  int low = 0, high = GM_WORDS_LIST - 1;

  while (length < GM_WORDS_LIST_BYTES && low <= high)
    {
      int middle = (low + high) / 2;
      int order = memcmp (gm_words_list[middle], word, length);

      if (order == 0)
        order = (int) strlen (gm_words_list[middle]) - (int) length;
      if (order == 0)
        return middle;
      if (order > 0)
        high = middle - 1;
      else
        low = middle + 1;
    }
  return -1;
}

int
gm_words_find (const char *word)
{
  return find (word, strlen (word));
}

static guint
count (const char *text, gsize length)
{
  guint n = length > 0;

  for (gsize i = 0; i < length; i++)
    n += text[i] == ' ';
  return n;
}

guint
gm_words_count (const GmSecret *text)
{
  GmSecret *opened = (GmSecret *) text; /* opening changes no byte of it */
  guint n = count ((const char *) gm_secret_open (opened), gm_secret_length (text));

  gm_secret_close (opened);
  return n;
}

static gboolean
length_is_right (guint n_words)
{
  return n_words >= MIN_WORDS && n_words <= MAX_WORDS && n_words % 3 == 0;
}

/* A third of the words is the number of checksum bits: the first of SHA-256. */
static guint8
checksum (const guint8 *entropy, gsize length)
{
  GmHash hash;
  guint8 bits;

  gm_hash_sha256 (entropy, length, &hash);
  bits = hash.b[0] & (guint8) (0xff << (8 - length / 4));
  sodium_memzero (&hash, sizeof hash);
  return bits;
}

static guint
word_at (const guint8 *bits, guint place)
{
  guint at = place * WORD_BITS;
  guint three = (guint) bits[at / 8] << 16 | (guint) bits[at / 8 + 1] << 8 | bits[at / 8 + 2];

  return three >> (24 - WORD_BITS - at % 8) & (GM_WORDS_LIST - 1);
}

/* The text of @n words; bits beyond them are 0. */
static GmSecret *
spell (const guint8 *bits, guint n)
{
  gsize length = n - 1;
  GmSecret *text;
  char *out;

  for (guint i = 0; i < n; i++)
    length += strlen (gm_words_list[word_at (bits, i)]);
  text = gm_secret_new (length);
  out = (char *) gm_secret_open_to_write (text);
  for (guint i = 0; i < n; i++)
    {
      const char *word = gm_words_list[word_at (bits, i)];

      if (i > 0)
        *out++ = ' ';
      memcpy (out, word, strlen (word));
      out += strlen (word);
    }
  gm_secret_close (text);
  return text;
}

GmSecret *
gm_words_from_entropy (GmSecret *entropy, GError **error)
{
  gsize length = gm_secret_length (entropy);
  guint8 bits[MAX_BYTES + 2] = { 0 }; /* word_at() looks two bytes on */
  GmSecret *text;

  if (length % 4 != 0 || !length_is_right ((guint) length / 4 * 3))
    return gm_fail_null (error, GM_ERROR_BAD_DATA,
                         "%" G_GSIZE_FORMAT " bytes are no recovery words", length);

  memcpy (bits, gm_secret_open (entropy), length);
  gm_secret_close (entropy);
  bits[length] = checksum (bits, length);
  text = spell (bits, (guint) length / 4 * 3);
  sodium_memzero (bits, sizeof bits);
  return text;
}

GmSecret *
gm_words_new (guint n_words, GError **error)
{
  g_autoptr (GmSecret) entropy = NULL;

  if (n_words != MIN_WORDS && n_words != MAX_WORDS)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "%u recovery words; 12 or 24 are made", n_words);

  entropy = gm_secret_new_random (n_words / 3 * 4);
  return gm_words_from_entropy (entropy, error);
}

/* Packs the words of @text, 11 bits each. 0, or the place (from 1) of what is no word. */
static guint
pack (const char *text, gsize length, guint8 *bits)
{
  const char *end = text + length;
  const char *word = text;

  for (guint place = 0; word != NULL; place++)
    {
      const char *space = memchr (word, ' ', (gsize) (end - word));
      int index = find (word, (gsize) ((space != NULL ? space : end) - word));

      if (index < 0)
        return place + 1;
      for (guint bit = 0; bit < WORD_BITS; bit++)
        {
          guint at = place * WORD_BITS + bit;

          bits[at / 8] |= (guint8) ((index >> (WORD_BITS - 1 - bit) & 1) << (7 - at % 8));
        }
      word = space != NULL ? space + 1 : NULL;
    }
  return 0;
}

/* Letters of other scripts look like ours, and are told apart by nobody who reads them. */
static gboolean
is_foreign (const char *text, gsize length, guint place)
{
  for (gsize i = 0; i < length && place > 0; i++)
    if (text[i] == ' ')
      place--;
    else if (place == 1 && (guint8) text[i] >= 0x80)
      return TRUE;
  return FALSE;
}

static GmSecret *
read_entropy (const char *text, gsize length, GError **error)
{
  guint n = count (text, length);
  gsize n_bytes = n / 3 * 4;
  guint8 bits[MAX_BYTES] = { 0 };
  GmSecret *entropy = NULL;
  guint wrong;

  if (!length_is_right (n))
    return gm_fail_null (error, GM_ERROR_BAD_DATA,
                         ngettext ("This is %u word; 12, 15, 18, 21 or 24 are expected",
                                   "These are %u words; 12, 15, 18, 21 or 24 are expected", n),
                         n);

  wrong = pack (text, length, bits);
  if (wrong > 0 && is_foreign (text, length, wrong))
    gm_error_set (error, GM_ERROR_BAD_DATA,
                  _ ("Word %u has a letter that only looks like one of a to z: type it anew"),
                     wrong);
  else if (wrong > 0)
    gm_error_set (error, GM_ERROR_BAD_DATA,
                  _ ("Word %u is not in the list of recovery words"), wrong);
  else if (bits[n_bytes] != checksum (bits, n_bytes))
    gm_error_set (error, GM_ERROR_BAD_DATA,
                  _ ("The words do not belong together: check their order and spelling"));
  else
    entropy = gm_secret_new_copy (bits, n_bytes);
  sodium_memzero (bits, sizeof bits);
  return entropy;
}

GmSecret *
gm_words_to_entropy (GmSecret *text, GError **error)
{
  GmSecret *entropy = read_entropy ((const char *) gm_secret_open (text), gm_secret_length (text),
                                    error);

  gm_secret_close (text);
  return entropy;
}

/* One space between words, capitals lowered. */
static GmSecret *
tidy (const char *text, gsize length)
{
  g_autoptr (GmSecret) tidied = gm_secret_new (length);
  char *out = (char *) gm_secret_open_to_write (tidied);
  gsize n = 0;
  GmSecret *exact;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (text[i]))
      out[n++] = g_ascii_tolower (text[i]);
    else if (n > 0 && out[n - 1] != ' ')
      out[n++] = ' ';
  if (n > 0 && out[n - 1] == ' ')
    n--;
  exact = gm_secret_new_copy ((const guint8 *) out, n);
  gm_secret_close (tidied);
  return exact;
}

GmSecret *
gm_words_parse (GmSecret *typed, GError **error)
{
  g_autoptr (GmSecret) normal = gm_nfkd_normalize (typed, error);
  g_autoptr (GmSecret) tidied = NULL;
  g_autoptr (GmSecret) entropy = NULL;

  if (normal == NULL)
    return NULL;

  tidied = tidy ((const char *) gm_secret_open (normal), gm_secret_length (normal));
  gm_secret_close (normal);
  entropy = gm_words_to_entropy (tidied, error);
  return entropy != NULL ? g_steal_pointer (&tidied) : NULL;
}

/* PBKDF2 (RFC 8018 section 5.2) of one block, its salt in two parts. */
static void
stretch (GmSecret *text, GmSecret *passphrase, guint8 seed[SEED_BYTES])
{
  crypto_auth_hmacsha512_state keyed, state;
  guint8 block[SEED_BYTES];

  crypto_auth_hmacsha512_init (&keyed, gm_secret_open (text), gm_secret_length (text));
  gm_secret_close (text);
  state = keyed;
  crypto_auth_hmacsha512_update (&state, (const guint8 *) SALT, SALT_LENGTH);
  crypto_auth_hmacsha512_update (&state, gm_secret_open (passphrase),
                                 gm_secret_length (passphrase));
  gm_secret_close (passphrase);
  crypto_auth_hmacsha512_update (&state, (const guint8 *) FIRST_BLOCK, BLOCK_LENGTH);
  crypto_auth_hmacsha512_final (&state, block);
  memcpy (seed, block, sizeof block);
  for (guint round = 1; round < SEED_ROUNDS; round++)
    {
      state = keyed;
      crypto_auth_hmacsha512_update (&state, block, sizeof block);
      crypto_auth_hmacsha512_final (&state, block);
      for (guint i = 0; i < sizeof block; i++)
        seed[i] ^= block[i];
    }
  sodium_memzero (&keyed, sizeof keyed);
  sodium_memzero (&state, sizeof state);
  sodium_memzero (block, sizeof block);
}

GmSecret *
gm_words_to_seed (GmSecret *text, GmSecret *passphrase, GError **error)
{
  g_autoptr (GmSecret) normal = NULL;
  GmSecret *seed;

  normal = passphrase != NULL ? gm_nfkd_normalize (passphrase, error) : gm_secret_new (0);
  if (normal == NULL)
    return NULL;

  seed = gm_secret_new (SEED_BYTES);
  stretch (text, normal, gm_secret_open_to_write (seed));
  gm_secret_close (seed);
  return seed;
}
