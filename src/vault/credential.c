/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "vault/credential.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/durable.h"
#include "base/error.h"
#include "evm/signable.h"

#define KEY_BYTES 32
#define DIGITS    (2 * KEY_BYTES)

static gboolean
check_name (const char *name, GError **error)
{
  return (name[0] != '\0' && name[0] != '.' && strchr (name, '/') == NULL) ||
         gm_fail (error, GM_ERROR_BAD_DATA, "“%.64s” is no name of a credential", name);
}

/* systemd owns what it hands over and shows it to one service; a file of ours is ours alone. */
static gboolean
check_status (const struct stat *status, gboolean ours, const char *name, GError **error)
{
  mode_t mode = status->st_mode & 07777;

  if (!S_ISREG (status->st_mode))
    return gm_fail (error, GM_ERROR_DENIED, _ ("“%s” is not a regular file"), name);
  if (ours && (status->st_uid != geteuid () || (mode != 0600 && mode != 0400)))
    return gm_fail (error, GM_ERROR_DENIED,
                    _ ("“%s” holds a key: it must belong to this user and have mode 0600"), name);
  return (mode & 07) == 0 ||
         gm_fail (error, GM_ERROR_DENIED, _ ("“%s” holds a key, and anyone can read it"), name);
}

/* 64 digits, and perhaps a newline. */
static GmSecret *
decode (const guint8 *text, gsize length)
{
  g_autoptr (GmSecret) key = gm_secret_new (KEY_BYTES);
  guint8 *bytes = gm_secret_open_to_write (key);
  gboolean good = length == DIGITS || (length == DIGITS + 1 && text[DIGITS] == '\n');

  for (guint i = 0; i < KEY_BYTES && good; i++)
    {
      int high = g_ascii_xdigit_value ((char) text[2 * i]);
      int low = g_ascii_xdigit_value ((char) text[2 * i + 1]);

      good = high >= 0 && low >= 0;
      bytes[i] = (guint8) ((guint) high << 4 | (guint) low);
    }
  gm_secret_close (key);
  return good ? g_steal_pointer (&key) : NULL;
}

static GmSecret *
read_key (int file, gsize length, const char *path, GError **error)
{
  g_autoptr (GmSecret) text = gm_secret_new (length);
  GmSecret *key = NULL;

  if (gm_durable_read_at (file, 0, gm_secret_open_to_write (text), length, path, error))
    {
      key = decode (gm_secret_open (text), length);
      gm_secret_close (text);
      if (key == NULL)
        gm_error_set (error, GM_ERROR_BAD_DATA,
                      _ ("“%s” is not a key of 64 hexadecimal digits"), path);
    }
  gm_secret_close (text);
  return key;
}

static GmSecret *
load (const char *directory, const char *name, gboolean ours, GError **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  int file = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
  struct stat status;
  GmSecret *key = NULL;

  if (file < 0 && errno == ELOOP)
    return gm_fail_null (error, GM_ERROR_DENIED, _ ("“%s” is not a regular file"), name);
  if (file < 0 || fstat (file, &status) < 0)
    gm_durable_set_errno (error, errno, _ ("Open"), path);
  else if (check_status (&status, ours, name, error))
    key = read_key (file, (gsize) MIN (status.st_size, DIGITS + 2), name, error);
  if (file >= 0)
    close (file);
  return key;
}

GmSecret *
gm_credential_load (const char *directory, const char *name, GError **error)
{
  const char *given = g_getenv ("CREDENTIALS_DIRECTORY");
  g_autoptr (GError) problem = NULL;
  GmSecret *key;

  if (!check_name (name, error))
    return NULL;
  if (given == NULL)
    return load (directory, name, TRUE, error);

  key = load (given, name, FALSE, &problem);
  if (key == NULL && gm_error_is (problem, GM_ERROR_NOT_FOUND))
    return load (directory, name, TRUE, error);
  if (key == NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return key;
}

static void
encode (const guint8 *key, guint8 text[DIGITS + 1])
{
  static const char digits[] = "0123456789abcdef"; /* of 16 bytes: one line of the cache */

  for (guint i = 0; i < KEY_BYTES; i++)
    {
      text[2 * i] = (guint8) digits[key[i] >> 4];
      text[2 * i + 1] = (guint8) digits[key[i] & 15];
    }
  text[DIGITS] = '\n';
}

static gboolean
store (const char *path, GmSecret *key, GError **error)
{
  g_autoptr (GmDurable) file = gm_durable_begin (path, error);
  g_autoptr (GmSecret) text = gm_secret_new (DIGITS + 1);
  gboolean written;

  if (file == NULL)
    return FALSE;

  encode (gm_secret_open (key), gm_secret_open_to_write (text));
  gm_secret_close (key);
  written = gm_durable_write (file, gm_secret_open (text), DIGITS + 1, error);
  gm_secret_close (text);
  gm_secret_close (text);
  return written && gm_durable_commit_new (file, error);
}

GmSecret *
gm_credential_ensure (const char *directory, const char *name, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GmSecret) key = gm_credential_load (directory, name, &problem);
  g_autofree char *path = NULL;

  if (key != NULL)
    return g_steal_pointer (&key);
  if (!gm_error_is (problem, GM_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  path = g_build_filename (directory, name, NULL);
  key = gm_secret_new_random (KEY_BYTES);
  g_clear_error (&problem);
  if (store (path, key, &problem))
    return g_steal_pointer (&key);
  if (gm_error_is (problem, GM_ERROR_CONFLICT)) /* another process was first */
    return gm_credential_load (directory, name, error);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

static gboolean
sign (const GmSigner *self, const GmSignable *what, GmSignature *out, GError **error)
{
  return gm_signable_sign (what, self->data, out, error);
}

GmSigner *
gm_credential_signer_new (GmSecret *key, GError **error)
{
  GmSigner *signer;
  GmAddress address;

  if (!gm_signature_address (key, &address, error))
    return NULL;

  signer = g_new0 (GmSigner, 1);
  signer->address = address;
  signer->sign = sign;
  signer->data = gm_secret_ref (key);
  return signer;
}

void
gm_credential_signer_free (GmSigner *signer)
{
  if (signer == NULL)
    return;

  gm_secret_unref (signer->data);
  g_free (signer);
}

/* Seed ‖ public key, as libsodium keeps it. */
static GmSecret *
expand (GmSecret *seed, GmHash *public_key, GError **error)
{
  GmSecret *pair;

  if (gm_secret_length (seed) != crypto_sign_ed25519_SEEDBYTES)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "an Ed25519 seed has 32 bytes");

  pair = gm_secret_new (crypto_sign_ed25519_SECRETKEYBYTES);
  crypto_sign_ed25519_seed_keypair (public_key->b, gm_secret_open_to_write (pair),
                                    gm_secret_open (seed));
  gm_secret_close (seed);
  gm_secret_close (pair);
  return pair;
}

gboolean
gm_credential_ed25519_public (GmSecret *seed, GmHash *public_key, GError **error)
{
  g_autoptr (GmSecret) pair = expand (seed, public_key, error);

  return pair != NULL;
}

gboolean
gm_credential_ed25519_sign (GmSecret *seed,
                            const guint8 *message,
                            gsize length,
                            guint8 signature[64],
                            GError **error)
{
  GmHash public_key;
  g_autoptr (GmSecret) pair = expand (seed, &public_key, error);

  if (pair == NULL)
    return FALSE;

  crypto_sign_ed25519_detached (signature, NULL, message, length, gm_secret_open (pair));
  gm_secret_close (pair);
  return TRUE;
}
