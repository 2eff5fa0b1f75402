/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/ulid.h"

#include <sodium.h>
#include <string.h>

#include "base/clock.h"

#define LENGTH 26

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

char *
gm_ulid_new (void)
{
  char *text = g_malloc (LENGTH + 1);
  guint64 ms = (guint64) gm_clock_now_ms ();

  for (int i = 9; i >= 0; i--)
    {
      text[i] = alphabet[ms & 31];
      ms >>= 5;
    }
  for (guint i = 10; i < LENGTH; i++)
    text[i] = alphabet[randombytes_uniform (32)];
  text[LENGTH] = '\0';
  return text;
}

gboolean
gm_ulid_is_valid (const char *text)
{
  if (text == NULL || strlen (text) != LENGTH || text[0] > '7')
    return FALSE;

  for (guint i = 0; i < LENGTH; i++)
    if (strchr (alphabet, text[i]) == NULL)
      return FALSE;

  return TRUE;
}
