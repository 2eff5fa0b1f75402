/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sound-files.h"

#include <string.h>

static const char *const endings[] = { ".wav", ".wave", ".aif",  ".aiff", ".flac", ".mp3",
                                       ".ogg", ".oga",  ".opus", ".m4a",  ".aac",  ".mp4" };

static gboolean
is_sound_name (const char *name)
{
  const char *dot = strrchr (name, '.');

  for (guint i = 0; dot != NULL && dot != name && i < G_N_ELEMENTS (endings); i++)
    if (g_ascii_strcasecmp (dot, endings[i]) == 0)
      return TRUE;
  return FALSE;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_names (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (*name != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare);
  return names;
}

static void
walk (const char *folder, guint depth, GPtrArray *found)
{
  g_autoptr (GPtrArray) names = list_names (folder);

  for (guint i = 0; i < names->len && found->len < GM_SOUND_FILES_MOST; i++)
    {
      const char *name = names->pdata[i];
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        continue;
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          if (depth < GM_SOUND_FILES_DEPTH)
            walk (path, depth + 1, found);
        }
      else if (is_sound_name (name))
        g_ptr_array_add (found, g_steal_pointer (&path));
    }
}

GPtrArray *
gm_sound_files_find (const char *path)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    walk (path, 0, found);
  else
    g_ptr_array_add (found, g_strdup (path));
  return found;
}
