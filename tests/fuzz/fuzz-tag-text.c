/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/tag-text.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize length);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  g_autofree char *text = g_strndup (data != NULL ? (const char *) data : "", length);
  g_autofree char *clean = gm_tag_text_clean (text, GM_TAG_TEXT_MAX_CHARS);
  g_autofree char *key = gm_tag_text_key (text);
  g_autofree char *artist = NULL;
  g_autofree char *title = NULL;

  gm_tag_text_from_name (text, &artist, &title);
  g_assert_true (clean == NULL || g_utf8_validate (clean, -1, NULL));
  g_assert_true (clean == NULL || g_utf8_strlen (clean, -1) <= GM_TAG_TEXT_MAX_CHARS);
  g_assert_true (title == NULL || g_utf8_validate (title, -1, NULL));
  return 0;
}
