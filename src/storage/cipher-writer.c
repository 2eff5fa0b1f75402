/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/durable.h"
#include "base/error.h"
#include "storage/cipher-keys.h"

/* One chunk of plaintext to @sealed; returns the bytes written there. */
static gsize
seal_chunk (const guint8 *plain,
            gsize length,
            guint64 chunk,
            gboolean last,
            const guint8 *key,
            guint8 *sealed)
{
  GmCipherNonce nonce = gm_cipher_nonce (chunk, last);

  crypto_aead_chacha20poly1305_ietf_encrypt (sealed, NULL, plain, length, NULL, 0, NULL, nonce.b,
                                             key);
  return length + GM_CIPHER_TAG_BYTES;
}

gboolean
gm_cipher_encrypt_bytes (GBytes *plaintext,
                         GmSecret *content_key,
                         const guint8 file_id[16],
                         GBytes **stored,
                         GError **error)
{
  gsize length;
  const guint8 *plain = g_bytes_get_data (plaintext, &length);
  GmCipherHeader header;
  g_autoptr (GmSecret) key = gm_cipher_header_init (&header, length, file_id, content_key, error);
  g_autofree guint8 *sealed = NULL;
  const guint8 nothing = 0;
  guint64 n_chunks = gm_cipher_chunk_count (length);
  gsize done = GM_CIPHER_HEADER_BYTES;

  if (key == NULL)
    return FALSE;

  sealed = g_malloc (gm_cipher_stored_size (length));
  memcpy (sealed, header.b, GM_CIPHER_HEADER_BYTES);
  for (guint64 i = 0; i < n_chunks; i++)
    {
      gsize from = (gsize) i * GM_CIPHER_CHUNK_BYTES;
      gsize part = MIN (length - from, GM_CIPHER_CHUNK_BYTES);

      done += seal_chunk (length > 0 ? plain + from : &nothing, part, i, i + 1 == n_chunks,
                          gm_secret_open (key), sealed + done);
      gm_secret_close (key);
    }

  *stored = g_bytes_new_take (g_steal_pointer (&sealed), done);
  return TRUE;
}

typedef struct
{
  int from;
  const char *path; /* of @from, for words */
  guint64 length;
  GmDurable *to;
  GmSecret *key;
  guint8 *plain; /* sodium_malloc, one chunk */
  guint8 sealed[GM_CIPHER_CHUNK_BYTES + GM_CIPHER_TAG_BYTES];
} Job;

static void
job_free (Job *job)
{
  if (job->from >= 0)
    close (job->from);
  gm_durable_free (job->to);
  g_clear_pointer (&job->key, gm_secret_unref);
  sodium_free (job->plain);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static gboolean
copy_chunks (Job *job, GCancellable *cancellable, GError **error)
{
  guint64 n_chunks = gm_cipher_chunk_count (job->length);

  for (guint64 i = 0; i < n_chunks; i++)
    {
      guint64 from = i * GM_CIPHER_CHUNK_BYTES;
      gsize part = (gsize) MIN (job->length - from, GM_CIPHER_CHUNK_BYTES);
      gsize n;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          gm_error_adopt (error);
          return FALSE;
        }
      if (!gm_durable_read_at (job->from, from, job->plain, part, job->path, error))
        return FALSE;
      n = seal_chunk (job->plain, part, i, i + 1 == n_chunks, gm_secret_open (job->key),
                      job->sealed);
      gm_secret_close (job->key);
      if (!gm_durable_write (job->to, job->sealed, n, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
open_source (Job *job, GError **error)
{
  struct stat status;

  job->from = open (job->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a FIFO must not hang us */
  if (job->from < 0 || fstat (job->from, &status) < 0)
    {
      gm_durable_set_errno (error, errno, _ ("Open"), job->path);
      return FALSE;
    }
  if (!S_ISREG (status.st_mode))
    return gm_fail (error, GM_ERROR_BAD_DATA, "not a regular file");

  job->length = (guint64) status.st_size;
  return TRUE;
}

/* A file that grew or shrank while it was read is not the file somebody meant. */
static gboolean
check_unchanged (Job *job, GError **error)
{
  struct stat status;

  if (fstat (job->from, &status) < 0 || (guint64) status.st_size != job->length)
    return gm_fail (error, GM_ERROR_CONFLICT, "the file changed while it was being encrypted");
  return TRUE;
}

gboolean
gm_cipher_encrypt_file (const char *from,
                        const char *to,
                        GmSecret *content_key,
                        GmCipherHeader *header,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (Job) job = g_new0 (Job, 1);
  GmCipherHeader head;

  job->path = from;
  job->from = -1;
  if (!open_source (job, error))
    return FALSE;
  job->key = gm_cipher_header_init (&head, job->length, NULL, content_key, error);
  if (job->key == NULL)
    return FALSE;
  job->plain = sodium_malloc (GM_CIPHER_CHUNK_BYTES);
  if (job->plain == NULL)
    return gm_fail (error, GM_ERROR_OFFLINE, "no guarded memory left to encrypt with");
  job->to = gm_durable_begin (to, error);
  if (job->to == NULL || !gm_durable_write (job->to, head.b, GM_CIPHER_HEADER_BYTES, error) ||
      !copy_chunks (job, cancellable, error) || !check_unchanged (job, error) ||
      !gm_durable_commit (job->to, error))
    return FALSE;

  *header = head;
  return TRUE;
}
