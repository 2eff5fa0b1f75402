/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "vault/nfkd.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

#include "base/error.h"

/* Characters of the decomposed @text; written to @out when it is not NULL. */
static gsize
decompose (const char *text, gsize length, gunichar *out)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gsize n = 0;

  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    {
      gsize got = g_unichar_fully_decompose (g_utf8_get_char (p), TRUE, parts,
                                             G_N_ELEMENTS (parts));

      for (gsize i = 0; i < got; i++, n++)
        if (out != NULL)
          out[n] = parts[i];
    }
  sodium_memzero (parts, sizeof parts);
  return n;
}

/* Canonical ordering (UAX #15, D109): marks of a run sorted by class, equal ones as they came. */
static void
order (gunichar *text, gsize n)
{
  for (gsize i = 1; i < n; i++)
    {
      int class = g_unichar_combining_class (text[i]);

      for (gsize k = i; class != 0 && k > 0 && g_unichar_combining_class (text[k - 1]) > class; k--)
        {
          gunichar mark = text[k];

          text[k] = text[k - 1];
          text[k - 1] = mark;
        }
    }
}

static GmSecret *
encode (const gunichar *text, gsize n)
{
  gsize length = 0;
  GmSecret *encoded;
  char *out;

  for (gsize i = 0; i < n; i++)
    length += (gsize) g_unichar_to_utf8 (text[i], NULL);
  encoded = gm_secret_new (length);
  out = (char *) gm_secret_open_to_write (encoded);
  for (gsize i = 0; i < n; i++)
    out += g_unichar_to_utf8 (text[i], out);
  gm_secret_close (encoded);
  return encoded;
}

static GmSecret *
normalize (const char *text, gsize length)
{
  gsize n = decompose (text, length, NULL);
  g_autoptr (GmSecret) parts = gm_secret_new (n * sizeof (gunichar));
  gunichar *characters = (gunichar *) (gpointer) gm_secret_open_to_write (parts);
  GmSecret *normal;

  decompose (text, length, characters);
  order (characters, n);
  normal = encode (characters, n);
  gm_secret_close (parts);
  return normal;
}

GmSecret *
gm_nfkd_normalize (GmSecret *text, GError **error)
{
  gsize length = gm_secret_length (text);
  const char *data;
  GmSecret *normal = NULL;

  if (length > GM_NFKD_MAX_BYTES)
    return gm_fail_null (error, GM_ERROR_BAD_DATA,
                         _ ("The text is longer than %d bytes"), GM_NFKD_MAX_BYTES);

  data = (const char *) gm_secret_open (text);
  if (g_utf8_validate_len (data, length, NULL))
    normal = normalize (data, length);
  else
    gm_error_set (error, GM_ERROR_BAD_DATA, _ ("The text is not UTF-8"));
  gm_secret_close (text);
  return normal;
}
