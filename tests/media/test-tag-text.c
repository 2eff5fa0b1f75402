/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/tag-text.h"

static const struct
{
  const char *text;
  gsize max_chars;
  const char *clean;
} texts[] = {
  { "Tide", 200, "Tide" },
  { "  Tide \t and\r\n  foam ", 200, "Tide and foam" },
  { "", 200, NULL },
  { " \n\t", 200, NULL },
  { "\xe2\x80\x8b\xef\xbb\xbf", 200, NULL }, /* zero-width only */
  { "evil\xe2\x80\xae"
    "gpj.exe",
    200, "evilgpj.exe" }, /* right-to-left override */
  { "a\xff"
    "b",
    200,
    "a\xef\xbf\xbd"
    "b" },                                            /* not UTF-8 */
  { "e\xcc\x81t\xc3\xa9", 200, "\xc3\xa9t\xc3\xa9" }, /* composed */
  { "bell\x07"
    "bell",
    200, "bell bell" },
  { "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", 200, "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d" },
  { "abcdef", 3, "abc" },
  { "ab cdef", 3, "ab" },
};

static void
test_clean (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *clean = gm_tag_text_clean (texts[i].text, texts[i].max_chars);

      g_assert_cmpstr (clean, ==, texts[i].clean);
    }
  g_assert_null (gm_tag_text_clean (NULL, 5));
}

static const struct
{
  const char *text;
  const char *key; /* NULL: no key */
} keys[] = {
  { "Am", "Am" },       { "A minor", "Am" }, { "a min", "Am" },     { "C", "C" },
  { "C major", "C" },   { "F#", "F#" },      { "F♯ minor", "F#m" }, { "B♭", "Bb" },
  { "Bbm", "Bbm" },     { "DM", "D" },       { "8A", "Am" },        { "8b", "C" },
  { "12A", "C#m" },     { "13A", NULL },     { "0A", NULL },        { "8", NULL },
  { "8AA", NULL },      { "H", NULL },       { "o", NULL },         { "", NULL },
  { "A lydian", NULL }, { "Ab", "Ab" },      { "G#maj", "G#" },
};

static void
test_key (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *key = gm_tag_text_key (keys[i].text);

      g_assert_cmpstr (key, ==, keys[i].key);
    }
}

static const struct
{
  const char *name;
  const char *artist;
  const char *title;
} names[] = {
  { "Ann - Tide.flac", "Ann", "Tide" },
  { "/music/Ann - Tide.flac", "Ann", "Tide" },
  { "03 - Tide.wav", NULL, "Tide" },
  { "03 - Ann - Tide.wav", "Ann", "Tide" },
  { "Tide.mp3", NULL, "Tide" },
  { "Tide", NULL, "Tide" },
  { "deep_blue_tide.ogg", NULL, "deep blue tide" },
  { "Ann - Tide - Remix.ogg", "Ann", "Tide - Remix" },
  { "St. Elsewhere", NULL, "St. Elsewhere" },
  { ".flac", NULL, ".flac" },
  { "\xff\xfe.wav", NULL, "\xef\xbf\xbd\xef\xbf\xbd" },
};

static void
test_name (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *artist = NULL;
      g_autofree char *title = NULL;

      gm_tag_text_from_name (names[i].name, &artist, &title);
      g_assert_cmpstr (artist, ==, names[i].artist);
      g_assert_cmpstr (title, ==, names[i].title);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tag-text/clean-keeps-what-is-seen", test_clean);
  g_test_add_func ("/tag-text/keys-have-one-spelling", test_key);
  g_test_add_func ("/tag-text/names-of-files-are-read", test_name);
  return g_test_run ();
}
