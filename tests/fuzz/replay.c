/* replay.c - a fuzz target without a fuzzer: its corpus, and mutations of it, always the same ones.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#define MUTATIONS 2000 /* of each target, shared by its corpus */
#define MAX_BYTES (64 * 1024)
#define SEED      20261124

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* A copy of exactly these bytes on the heap: one read beyond the end is seen by ASan. */
static void
run (const guint8 *data, gsize length)
{
  g_autofree guint8 *copy = malloc (length > 0 ? length : 1);

  if (length > 0)
    memcpy (copy, data, length);
  LLVMFuzzerTestOneInput (copy, length);
}

static void
mutate_once (GRand *rand, GByteArray *bytes)
{
  static const guint8 edges[] = { 0, 1, 0x7f, 0x80, 0xff, '"', '{', '/', '\n', '.' };
  guint at = bytes->len > 0 ? (guint) g_rand_int_range (rand, 0, (gint32) bytes->len) : 0;
  guint8 byte = g_rand_boolean (rand) ? edges[g_rand_int_range (rand, 0, G_N_ELEMENTS (edges))]
                                      : (guint8) g_rand_int (rand);

  switch (bytes->len > 0 ? g_rand_int_range (rand, 0, 6) : 0)
    {
    case 0: g_byte_array_append (bytes, &byte, 1); break;
    case 1: bytes->data[at] = byte; break;
    case 2: bytes->data[at] ^= (guint8) (1 << g_rand_int_range (rand, 0, 8)); break;
    case 3: g_byte_array_set_size (bytes, at); break;
    case 4: g_byte_array_remove_index (bytes, at); break;
    default:
      {
        guint length = (guint) g_rand_int_range (rand, 1, (gint32) MIN (bytes->len - at, 32) + 1);
        g_autofree guint8 *piece = g_memdup2 (bytes->data + at, length);

        g_byte_array_append (bytes, piece, length);
      }
    }
}

static void
run_mutations (GRand *rand, const guint8 *data, gsize length, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      guint changes = (guint) g_rand_int_range (rand, 1, 5);

      g_byte_array_append (bytes, data, (guint) MIN (length, MAX_BYTES));
      while (changes-- > 0)
        mutate_once (rand, bytes);
      run (bytes->data, bytes->len);
    }
}

static gint
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
load_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, by_name); /* folders have no order of their own */

  for (guint i = 0; i < names->len; i++)
    {
      char *text;
      gsize length;

      if (g_file_get_contents (names->pdata[i], &text, &length, NULL))
        g_ptr_array_add (files, g_bytes_new_take (text, length));
    }

  return files;
}

int
main (int argc, char **argv)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  g_autoptr (GPtrArray) files = argc == 2 ? load_folder (argv[1]) : NULL;

  if (files == NULL || files->len == 0)
    {
      g_printerr ("usage: %s FOLDER, with at least one file in it\n", argv[0]);
      return EXIT_FAILURE;
    }

  run ((const guint8 *) "", 0);
  for (guint i = 0; i < files->len; i++)
    {
      gsize length;
      const guint8 *data = g_bytes_get_data (files->pdata[i], &length);

      run (data, length);
      run_mutations (rand, data, length, MUTATIONS / files->len);
    }

  g_print ("%u files and about %d mutations\n", files->len, MUTATIONS);
  return EXIT_SUCCESS;
}
