/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/cipher.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/hex.h"

#define SEALED_CHUNK (GM_CIPHER_CHUNK_BYTES + GM_CIPHER_TAG_BYTES)

/* PROTOCOLS B: contentKey 00..1f, file id a0..af, plaintext[i] = (i * 131 + (i >> 8)) & 255. There
 * the commitment of length 1 is printed with ...51 at the end: the hash of its whole file, right
 * beside it, holds for ...81 only, and so says Python's hashlib. */
static const struct
{
  gsize length;
  const char *commitment; /* its first 8 bytes */
  const char *whole;      /* BLAKE2b-256 of the stored file */
} vectors[] = {
  { 0, "d9cfc57b06ce4f8f", "27f040770237f7d32fe3773c227b671638a6627abb7f04c2bc2941bc7b181e24" },
  { 1, "c70e1d80c5083481", "a8cd52e6a3b48439fe9a89684604b0372137ad166922e694e0a897ec97f92620" },
  { 65535, "86c425a53df25f7d", "4cf5c341ff997ac82d5cff8b4257fa075b7a83ce7e36cf31d136e48ea3d68f4e" },
  { 65536, "8fe99b77b7bc3bf5", "e224f405121b467d9b6ac9ce5acb746ae648299b623af49e8d8931597a4c61e1" },
  { 65537, "c665c6cf5146472e", "4c4c7ee5f1e7d2698b72713117e64ac3229cc6d80d0a1964a969687b46abbc99" },
  { 131072, "cecc93a3bec6f1bc",
    "8f20ab894104b2e7b2c408dee55862e55188af39a1ae82fb80ccda169fc72458" },
};

static GmSecret *
vector_key (void)
{
  guint8 key[32];

  for (guint i = 0; i < sizeof key; i++)
    key[i] = (guint8) i;
  return gm_secret_new_copy (key, sizeof key);
}

static GBytes *
pattern (gsize length)
{
  guint8 *data = g_malloc (MAX (length, 1));

  for (gsize i = 0; i < length; i++)
    data[i] = (guint8) (i * 131 + (i >> 8));
  return g_bytes_new_take (data, length);
}

static guint8 *
sealed_pattern (gsize length, gsize *stored_length)
{
  g_autoptr (GmSecret) key = vector_key ();
  g_autoptr (GBytes) plain = pattern (length);
  GBytes *stored = NULL;
  guint8 id[16];

  for (guint i = 0; i < sizeof id; i++)
    id[i] = (guint8) (0xa0 + i);
  g_assert_true (gm_cipher_encrypt_bytes (plain, key, id, &stored, NULL));
  return g_bytes_unref_to_data (stored, stored_length);
}

/* A store in memory that counts its reads and can pretend to lose the network. */
typedef struct
{
  GmCipherStore base;
  const guint8 *data;
  gsize length;
  guint reads;
  gboolean offline;
  gboolean *freed;
} MemoryStore;

static gssize
memory_read (GmCipherStore *base, guint64 offset, guint8 *into, gsize length, GError **error)
{
  MemoryStore *self = (MemoryStore *) base;

  self->reads++;
  if (self->offline)
    {
      gm_error_set (error, GM_ERROR_OFFLINE, "no network");
      return -1;
    }
  if (offset >= self->length)
    return 0;
  length = MIN (length, self->length - offset);
  memcpy (into, self->data + offset, length);
  return (gssize) length;
}

static void
memory_free (GmCipherStore *base)
{
  MemoryStore *self = (MemoryStore *) base;

  if (self->freed != NULL)
    *self->freed = TRUE;
  g_free (self);
}

static MemoryStore *
memory_store (const guint8 *data, gsize length)
{
  MemoryStore *self = g_new0 (MemoryStore, 1);

  self->base = (GmCipherStore){ memory_read, length, memory_free };
  self->data = data;
  self->length = length;
  return self;
}

static GmCipher *
open_memory (const guint8 *data, gsize length, GError **error)
{
  g_autoptr (GmSecret) key = vector_key ();

  return gm_cipher_open (&memory_store (data, length)->base, key, error);
}

static void
test_vectors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      gsize length;
      g_autofree guint8 *stored = sealed_pattern (vectors[i].length, &length);
      g_autoptr (GmCipher) cipher = open_memory (stored, length, NULL);
      g_autoptr (GBytes) plain = pattern (vectors[i].length);
      g_autofree guint8 *back = g_malloc0 (vectors[i].length + 10);
      g_autofree char *commitment = gm_hex_encode (stored + 64, 8);
      g_autofree char *whole = NULL;
      GmHash hash;

      gm_hash_blake2b (stored, length, &hash);
      whole = gm_hex_encode (hash.b, 32);
      g_assert_cmpuint (length, ==, gm_cipher_stored_size (vectors[i].length));
      g_assert_cmpstr (commitment, ==, vectors[i].commitment);
      g_assert_cmpstr (whole, ==, vectors[i].whole);

      g_assert_nonnull (cipher);
      g_assert_cmpuint (gm_cipher_length (cipher), ==, vectors[i].length);
      g_assert_cmpint (gm_cipher_read (cipher, 0, back, vectors[i].length + 10, NULL), ==,
                       (gssize) vectors[i].length);
      g_assert_cmpmem (back, vectors[i].length, g_bytes_get_data (plain, NULL), vectors[i].length);
      g_assert_cmpint (gm_cipher_read (cipher, vectors[i].length, back, 1, NULL), ==, 0);
      g_assert_cmpint (gm_cipher_read (cipher, G_MAXUINT64, back, 1, NULL), ==, 0);
    }
}

static void
test_stored_size (void)
{
  g_assert_cmpuint (gm_cipher_stored_size (0), ==, 96 + 16);
  g_assert_cmpuint (gm_cipher_stored_size (65536), ==, 96 + 65536 + 16);
  g_assert_cmpuint (gm_cipher_stored_size (65537), ==, 96 + 65537 + 32);
  g_assert_cmpuint (gm_cipher_stored_size (GM_CIPHER_MAX_BYTES), ==,
                    96 + GM_CIPHER_MAX_BYTES + 16 * (GM_CIPHER_MAX_BYTES >> 16));
  g_assert_cmpuint (gm_cipher_stored_size (GM_CIPHER_MAX_BYTES + 1), ==, G_MAXUINT64);
  g_assert_cmpuint (gm_cipher_stored_size (G_MAXUINT64), ==, G_MAXUINT64);
}

static void
test_header_refused (void)
{
  static const struct
  {
    guint at;
    guint8 value;
    GmErrorCode code;
    const char *words;
  } cases[] = {
    { 0, 'X', GM_ERROR_BAD_DATA, "does not start with GMA1" },
    { 3, '2', GM_ERROR_BAD_DATA, "does not start with GMA1" },
    { 4, 0, GM_ERROR_BAD_DATA, "algorithm 0" },
    { 4, 2, GM_ERROR_BAD_DATA, "algorithm 2" },
    { 5, 15, GM_ERROR_BAD_DATA, "2^15" },
    { 5, 17, GM_ERROR_BAD_DATA, "2^17" },
    { 6, 1, GM_ERROR_BAD_DATA, "6 and 7" },
    { 7, 128, GM_ERROR_BAD_DATA, "6 and 7" },
    { 8, 255, GM_ERROR_BAD_DATA, "2^40" },
    { 10, 2, GM_ERROR_BAD_DATA, "2^40" },
    { 15, 0, GM_ERROR_BAD_DATA, "should have" }, /* another length than the file has */
    { 16, 0, GM_ERROR_DENIED, "wrong key or altered header" },
    { 31, 0, GM_ERROR_DENIED, "wrong key or altered header" },
    { 32, 1, GM_ERROR_BAD_DATA, "32 to 63" },
    { 63, 1, GM_ERROR_BAD_DATA, "32 to 63" },
    { 64, 0, GM_ERROR_DENIED, "wrong key or altered header" },
    { 95, 0, GM_ERROR_DENIED, "wrong key or altered header" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length;
      g_autofree guint8 *stored = sealed_pattern (100, &length);
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (stored[cases[i].at], !=, cases[i].value);
      stored[cases[i].at] = cases[i].value;
      g_assert_null (open_memory (stored, length, &error));
      g_test_message ("byte %u: %s", cases[i].at, error->message);
      g_assert_error (error, GM_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].words));
    }
}

static void
test_wrong_key (void)
{
  gsize length;
  g_autofree guint8 *stored = sealed_pattern (100, &length);
  g_autoptr (GmSecret) right = vector_key ();
  g_autoptr (GmSecret) wrong = gm_secret_new_random (32);
  g_autoptr (GmSecret) brief = gm_secret_new_random (16);
  g_autoptr (GError) error = NULL;
  gboolean freed = FALSE;
  MemoryStore *store = memory_store (stored, length);
  GmCipherHeader header;

  memcpy (header.b, stored, sizeof header.b);
  g_assert_true (gm_cipher_check_key (&header, right, NULL));
  g_assert_false (gm_cipher_check_key (&header, wrong, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_false (gm_cipher_check_key (&header, brief, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);

  store->freed = &freed;
  g_assert_null (gm_cipher_open (&store->base, wrong, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_assert_true (freed);
}

static void
test_any_other_size_refused (void)
{
  static const gsize lengths[] = { 0, 1, 65535, 65536, 65537, 131072, 200000 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      gsize length;
      g_autofree guint8 *stored = sealed_pattern (lengths[i], &length);
      const gsize cuts[] = { 0,           1,           95,        96, 111, length - SEALED_CHUNK,
                             length - 17, length - 16, length - 1 };
      g_autofree guint8 *longer = g_malloc0 (length + SEALED_CHUNK);

      for (guint j = 0; j < G_N_ELEMENTS (cuts); j++)
        {
          g_autoptr (GError) error = NULL;

          if (cuts[j] >= length) /* the small ones have no whole chunk to lose */
            continue;
          g_assert_null (open_memory (stored, cuts[j], &error));
          g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
        }

      memcpy (longer, stored, length);
      for (gsize more = 1; more <= SEALED_CHUNK; more = more * 4 + 1)
        {
          g_autoptr (GError) error = NULL;

          g_assert_null (open_memory (longer, length + more, &error));
          g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
          g_assert_nonnull (strstr (error->message, "followed by other bytes"));
        }
    }
}

/* Reads every chunk by itself; @bad is the only one that may fail, and has to. */
static void
assert_only_bad (const guint8 *stored, gsize length, guint64 bad)
{
  g_autoptr (GmCipher) cipher = open_memory (stored, length, NULL);
  guint64 n_chunks = (gm_cipher_length (cipher) - 1) / GM_CIPHER_CHUNK_BYTES + 1;
  g_autofree guint8 *into = g_malloc (GM_CIPHER_CHUNK_BYTES);
  g_autofree char *named = g_strdup_printf ("chunk %" G_GUINT64_FORMAT " ", bad);

  for (guint64 i = 0; i < n_chunks; i++)
    for (guint part = 0; part < 2; part++) /* through a slot, and straight */
      {
        g_autoptr (GError) error = NULL;
        gssize n = gm_cipher_read (cipher, i * GM_CIPHER_CHUNK_BYTES, into,
                                   part == 0 ? 1 : GM_CIPHER_CHUNK_BYTES, &error);

        g_assert_true ((n < 0) == (i == bad));
        g_assert_true ((error != NULL) == (i == bad));
        if (error != NULL)
          {
            g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
            g_assert_true (g_str_has_prefix (error->message, named));
          }
      }
}

static void
test_bit_flip (void)
{
  const gsize plain = 3 * GM_CIPHER_CHUNK_BYTES + 77;
  gsize length;
  g_autofree guint8 *stored = sealed_pattern (plain, &length);

  for (guint64 chunk = 0; chunk < 4; chunk++)
    {
      gsize start = GM_CIPHER_HEADER_BYTES + chunk * SEALED_CHUNK;
      gsize end = MIN (start + SEALED_CHUNK, length);
      const gsize places[] = { start, start + 1, end - 17, end - 16, end - 1 };

      for (guint i = 0; i < G_N_ELEMENTS (places); i++)
        for (guint bit = 0; bit < 8; bit += 7)
          {
            stored[places[i]] ^= (guint8) (1 << bit);
            assert_only_bad (stored, length, chunk);
            stored[places[i]] ^= (guint8) (1 << bit);
          }
    }
}

/* Two whole chunks change places: both are bad, and the last one cannot play another's part. */
static void
test_reorder (void)
{
  gsize length;
  g_autofree guint8 *stored = sealed_pattern (4 * GM_CIPHER_CHUNK_BYTES, &length);
  guint8 *chunks = stored + GM_CIPHER_HEADER_BYTES;
  g_autofree guint8 *keep = g_malloc (SEALED_CHUNK);

  for (guint a = 0; a < 4; a++)
    for (guint b = a + 1; b < 4; b++)
      {
        g_autoptr (GmCipher) cipher = NULL;
        guint8 byte;

        memcpy (keep, chunks + a * SEALED_CHUNK, SEALED_CHUNK);
        memcpy (chunks + a * SEALED_CHUNK, chunks + b * SEALED_CHUNK, SEALED_CHUNK);
        memcpy (chunks + b * SEALED_CHUNK, keep, SEALED_CHUNK);
        cipher = open_memory (stored, length, NULL);
        for (guint i = 0; i < 4; i++)
          {
            g_autoptr (GError) error = NULL;
            gssize n = gm_cipher_read (cipher, i * GM_CIPHER_CHUNK_BYTES, &byte, 1, &error);

            g_assert_cmpint (n, ==, i == a || i == b ? -1 : 1);
          }
        memcpy (keep, chunks + a * SEALED_CHUNK, SEALED_CHUNK);
        memcpy (chunks + a * SEALED_CHUNK, chunks + b * SEALED_CHUNK, SEALED_CHUNK);
        memcpy (chunks + b * SEALED_CHUNK, keep, SEALED_CHUNK);
      }
}

/* A chunk of another file under the same content key, at the same place. */
static void
test_splice (void)
{
  g_autoptr (GmSecret) key = vector_key ();
  g_autoptr (GBytes) plain = pattern (3 * GM_CIPHER_CHUNK_BYTES + 5);
  g_autoptr (GBytes) other = NULL;
  gsize length;
  g_autofree guint8 *stored = sealed_pattern (3 * GM_CIPHER_CHUNK_BYTES + 5, &length);
  const guint8 *from;

  g_assert_true (gm_cipher_encrypt_bytes (plain, key, NULL, &other, NULL));
  from = g_bytes_get_data (other, NULL);
  for (guint64 chunk = 0; chunk < 4; chunk++)
    {
      gsize start = GM_CIPHER_HEADER_BYTES + chunk * SEALED_CHUNK;
      gsize n = MIN (SEALED_CHUNK, length - start);
      g_autofree guint8 *spliced = g_memdup2 (stored, length);

      memcpy (spliced + start, from + start, n);
      assert_only_bad (spliced, length, chunk);
    }
}

/* A shorter file made of our first chunks: the header that says so is another key. */
static void
test_cut_at_boundary_with_new_header (void)
{
  gsize length;
  g_autofree guint8 *stored = sealed_pattern (3 * GM_CIPHER_CHUNK_BYTES, &length);

  for (guint n = 1; n < 3; n++)
    {
      g_autofree guint8 *cut = g_memdup2 (stored, length);
      guint64 shorter = GUINT64_TO_BE ((guint64) n * GM_CIPHER_CHUNK_BYTES);
      g_autoptr (GError) error = NULL;

      memcpy (cut + 8, &shorter, 8);
      g_assert_null (open_memory (cut, GM_CIPHER_HEADER_BYTES + n * SEALED_CHUNK, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
    }
}

static void
test_empty_file_is_checked (void)
{
  gsize length;
  g_autofree guint8 *stored = sealed_pattern (0, &length);
  g_autoptr (GError) error = NULL;

  stored[length - 1] ^= 1;
  g_assert_null (open_memory (stored, length, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
}

static void
test_random_access (void)
{
  const gsize plain_length = 20 * GM_CIPHER_CHUNK_BYTES + 1234; /* more chunks than slots */
  gsize length;
  g_autofree guint8 *stored = sealed_pattern (plain_length, &length);
  g_autoptr (GmCipher) cipher = open_memory (stored, length, NULL);
  g_autoptr (GBytes) plain = pattern (plain_length);
  const guint8 *expected = g_bytes_get_data (plain, NULL);
  g_autofree guint8 *into = g_malloc (3 * GM_CIPHER_CHUNK_BYTES);

  for (guint i = 0; i < 2000; i++)
    {
      guint64 offset = (guint64) g_test_rand_int_range (0, (gint32) plain_length);
      gsize want = (gsize) g_test_rand_int_range (0,
                                                  i % 10 == 0 ? 3 * GM_CIPHER_CHUNK_BYTES : 5000);
      gsize have = MIN (want, plain_length - offset);

      g_assert_cmpint (gm_cipher_read (cipher, offset, into, want, NULL), ==, (gssize) have);
      g_assert_cmpmem (into, have, expected + offset, have);
    }
}

static void
test_small_reads_open_a_chunk_once (void)
{
  gsize length;
  g_autofree guint8 *stored = sealed_pattern (2 * GM_CIPHER_CHUNK_BYTES, &length);
  g_autoptr (GmSecret) key = vector_key ();
  MemoryStore *store = memory_store (stored, length);
  g_autoptr (GmCipher) cipher = gm_cipher_open (&store->base, key, NULL);
  guint8 into[512];

  store->reads = 0;
  for (guint64 at = 0; at < 2 * GM_CIPHER_CHUNK_BYTES; at += sizeof into)
    g_assert_cmpint (gm_cipher_read (cipher, at, into, sizeof into, NULL), ==, sizeof into);
  g_assert_cmpuint (store->reads, ==, 2);
}

static void
test_store_fails_and_comes_back (void)
{
  gsize length;
  g_autofree guint8 *stored = sealed_pattern (1000, &length);
  g_autoptr (GmSecret) key = vector_key ();
  MemoryStore *store = memory_store (stored, length);
  g_autoptr (GmCipher) cipher = gm_cipher_open (&store->base, key, NULL);
  g_autoptr (GError) error = NULL;
  guint8 byte;

  store->offline = TRUE;
  g_assert_cmpint (gm_cipher_read (cipher, 0, &byte, 1, &error), ==, -1);
  g_assert_error (error, GM_ERROR, GM_ERROR_OFFLINE);
  store->offline = FALSE;
  g_assert_cmpint (gm_cipher_read (cipher, 0, &byte, 1, NULL), ==, 1);
}

typedef struct
{
  GmCipher *cipher;
  const guint8 *expected;
  guint seed;
} Reader;

static gpointer
read_around (gpointer data)
{
  Reader *reader = data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (reader->seed);
  guint8 into[3000];

  for (guint i = 0; i < 500; i++)
    {
      guint64 at = (guint64) g_rand_int_range (rand, 0, 9 * GM_CIPHER_CHUNK_BYTES);

      g_assert_cmpint (gm_cipher_read (reader->cipher, at, into, sizeof into, NULL), ==,
                       sizeof into);
      g_assert_cmpmem (into, sizeof into, reader->expected + at, sizeof into);
    }
  return NULL;
}

static void
test_threads_share_one (void)
{
  gsize length;
  g_autofree guint8 *stored = sealed_pattern (10 * GM_CIPHER_CHUNK_BYTES, &length);
  g_autoptr (GmCipher) cipher = open_memory (stored, length, NULL);
  g_autoptr (GBytes) plain = pattern (10 * GM_CIPHER_CHUNK_BYTES);
  Reader readers[4];
  GThread *threads[4];

  for (guint i = 0; i < 4; i++)
    {
      readers[i] = (Reader){ cipher, g_bytes_get_data (plain, NULL), i };
      threads[i] = g_thread_new ("reader", read_around, &readers[i]);
    }
  for (guint i = 0; i < 4; i++)
    g_thread_join (threads[i]);
}

static void
test_file (void)
{
  static const gsize lengths[] = { 0, 1, 65536, 65537, 300001 };
  g_autofree char *folder = g_dir_make_tmp ("gm-cipher-XXXXXX", NULL);
  g_autofree char *from = g_build_filename (folder, "master.flac", NULL);
  g_autofree char *to = g_build_filename (folder, "master.gma1", NULL);
  g_autoptr (GmSecret) key = gm_secret_new_random (32);
  guint8 last_id[16] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GBytes) plain = pattern (lengths[i]);
      g_autofree guint8 *back = g_malloc (lengths[i] + 1);
      g_autoptr (GmCipher) cipher = NULL;
      GmCipherHeader written, read;
      GStatBuf status;

      g_assert_true (g_file_set_contents (
          from, g_bytes_get_data (plain, NULL) != NULL ? g_bytes_get_data (plain, NULL) : "",
          (gssize) lengths[i], NULL));
      g_assert_true (gm_cipher_encrypt_file (from, to, key, &written, NULL, NULL));
      g_assert_cmpint (g_stat (to, &status), ==, 0);
      g_assert_cmpuint (status.st_size, ==, gm_cipher_stored_size (lengths[i]));
      g_assert_cmpuint (status.st_mode & 0777, ==, 0600);

      cipher = gm_cipher_open_file (to, key, NULL);
      gm_cipher_header (cipher, &read);
      g_assert_cmpmem (read.b, sizeof read.b, written.b, sizeof written.b);
      g_assert_cmpint (gm_cipher_read (cipher, 0, back, lengths[i] + 1, NULL), ==,
                       (gssize) lengths[i]);
      if (lengths[i] > 0)
        g_assert_cmpmem (back, lengths[i], g_bytes_get_data (plain, NULL), lengths[i]);

      g_assert_false (memcmp (last_id, read.b + 16, 16) == 0); /* fresh for every encryption */
      memcpy (last_id, read.b + 16, 16);
    }

  g_unlink (from);
  g_unlink (to);
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* no temp file left */
}

static void
test_file_refused (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gm-cipher-XXXXXX", NULL);
  g_autofree char *none = g_build_filename (folder, "none", NULL);
  g_autofree char *from = g_build_filename (folder, "from", NULL);
  g_autofree char *to = g_build_filename (folder, "to", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "no", "where", NULL);
  g_autoptr (GmSecret) key = gm_secret_new_random (32);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GmCipherHeader header;

  g_cancellable_cancel (cancelled);
  g_assert_true (g_file_set_contents (from, "some music", -1, NULL));

  g_assert_false (gm_cipher_encrypt_file (none, to, key, &header, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (gm_cipher_encrypt_file (folder, to, key, &header, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);
  g_assert_false (gm_cipher_encrypt_file ("/dev/zero", to, key, &header, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);
  g_assert_false (gm_cipher_encrypt_file (from, nowhere, key, &header, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (gm_cipher_encrypt_file (from, to, key, &header, cancelled, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DECLINED);
  g_clear_error (&error);
  g_assert_false (g_file_test (to, G_FILE_TEST_EXISTS));
  g_assert_null (gm_cipher_open_file (none, key, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (gm_cipher_open_file (folder, key, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);

  g_unlink (from);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* The file under an open reader gets shorter: a chunk is missing, and nothing crashes. */
static void
test_file_shrinks_while_open (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gm-cipher-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "m.gma1", NULL);
  g_autoptr (GmSecret) key = vector_key ();
  gsize length;
  g_autofree guint8 *stored = sealed_pattern (200000, &length);
  g_autoptr (GmCipher) cipher = NULL;
  g_autoptr (GError) error = NULL;
  guint8 byte;

  g_assert_true (g_file_set_contents (path, (const char *) stored, (gssize) length, NULL));
  cipher = gm_cipher_open_file (path, key, NULL);
  g_assert_cmpint (truncate (path, 70000), ==, 0);
  g_assert_cmpint (gm_cipher_read (cipher, 0, &byte, 1, NULL), ==, 1);
  g_assert_cmpint (gm_cipher_read (cipher, 199999, &byte, 1, &error), ==, -1);
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cipher/vectors", test_vectors);
  g_test_add_func ("/cipher/stored-size-never-overflows", test_stored_size);
  g_test_add_func ("/cipher/header-names-what-is-wrong", test_header_refused);
  g_test_add_func ("/cipher/wrong-key-is-denied", test_wrong_key);
  g_test_add_func ("/cipher/any-other-size-is-refused", test_any_other_size_refused);
  g_test_add_func ("/cipher/bit-flip-names-its-chunk", test_bit_flip);
  g_test_add_func ("/cipher/chunks-cannot-change-places", test_reorder);
  g_test_add_func ("/cipher/chunks-of-another-file-fail", test_splice);
  g_test_add_func ("/cipher/cut-at-a-boundary-fails", test_cut_at_boundary_with_new_header);
  g_test_add_func ("/cipher/empty-file-is-checked", test_empty_file_is_checked);
  g_test_add_func ("/cipher/any-part-alone", test_random_access);
  g_test_add_func ("/cipher/small-reads-open-a-chunk-once", test_small_reads_open_a_chunk_once);
  g_test_add_func ("/cipher/store-fails-and-comes-back", test_store_fails_and_comes_back);
  g_test_add_func ("/cipher/threads-share-one", test_threads_share_one);
  g_test_add_func ("/cipher/file-there-and-back", test_file);
  g_test_add_func ("/cipher/file-refused", test_file_refused);
  g_test_add_func ("/cipher/file-shrinks-while-open", test_file_shrinks_while_open);
  return g_test_run ();
}
