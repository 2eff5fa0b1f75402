/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "vault/raw-key.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "base/error.h"
#include "evm/signature.h"

#define KEY_BYTES 32
#define PREFIX    2

/* @text without white space and prefix. */
static const char *
strip (const char *text, gsize *length)
{
  while (*length > 0 && g_ascii_isspace (text[*length - 1]))
    (*length)--;
  while (*length > 0 && g_ascii_isspace (text[0]))
    {
      text++;
      (*length)--;
    }
  if (*length >= PREFIX && text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
    {
      text += PREFIX;
      *length -= PREFIX;
    }
  return text;
}

static gboolean
decode (const char *text, gsize length, GmSecret *key)
{
  const char *digits = strip (text, &length);
  gsize n = 0;
  int failed;

  if (length != 2 * KEY_BYTES)
    return FALSE;
  failed = sodium_hex2bin (gm_secret_open_to_write (key), KEY_BYTES, digits, length, NULL, &n,
                           NULL);
  gm_secret_close (key);
  return !failed && n == KEY_BYTES;
}

GmSecret *
gm_raw_key_parse (GmSecret *typed, GError **error)
{
  g_autoptr (GmSecret) key = gm_secret_new (KEY_BYTES);
  gboolean decoded = decode ((const char *) gm_secret_open (typed), gm_secret_length (typed), key);
  GmAddress address;

  gm_secret_close (typed);
  if (!decoded)
    return gm_fail_null (error, GM_ERROR_BAD_DATA,
                         _ ("A private key has 64 digits from 0 to 9 and a to f"));
  return gm_signature_address (key, &address, error) ? g_steal_pointer (&key) : NULL;
}

GmSecret *
gm_raw_key_format (GmSecret *key)
{
  gsize length = PREFIX + 2 * gm_secret_length (key);
  g_autoptr (GmSecret) spelled = gm_secret_new (length + 1); /* and the NUL */
  char *out = (char *) gm_secret_open_to_write (spelled);
  GmSecret *text;

  memcpy (out, "0x", PREFIX);
  sodium_bin2hex (out + PREFIX, length + 1 - PREFIX, gm_secret_open (key), gm_secret_length (key));
  gm_secret_close (key);
  text = gm_secret_new_copy ((const guint8 *) out, length);
  gm_secret_close (spelled);
  return text;
}
