/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/clear-format.h"

#include "app/clear-words.h"
#include "base/error.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What a descriptor says can be said, and points at what is there. */
static void
check (const GmClearFormat *format)
{
  const int n = (int) format->type->inputs->parts->len;

  g_assert_nonnull (gm_clear_words_find (format->intent));
  g_assert_true (format->sentence == NULL || gm_clear_words_find (format->sentence) != NULL);
  for (guint i = 0; i < format->fields->len; i++)
    {
      const GmClearField *field = format->fields->pdata[i];

      g_assert_cmpint (field->place, >=, GM_CLEAR_AT_VALUE);
      g_assert_cmpint (field->place, <, n);
      g_assert_cmpint (field->token, >=, GM_CLEAR_AT_TO);
      g_assert_true (field->token <= 0 || field->token < n);
      g_assert_true (field->label == NULL || gm_clear_words_find (field->label) != NULL);
      g_assert_true (field->kind != GM_CLEAR_ENUM || field->choices != NULL);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) json = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) formats = gm_clear_format_parse (json, &error);

  if (formats == NULL)
    {
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      return 0;
    }
  for (guint i = 0; i < formats->len; i++)
    check (formats->pdata[i]);
  return 0;
}
