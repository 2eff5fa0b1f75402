/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "storage/blob.h"
#include "storage/cipher.h"
#include "storage/migration.h"
#include "storage/sqlite.h"

#define DISK_KIB 2048

/* What a disk has to do for a case, run in a child of its own. */
typedef void (*Case) (const char *folder);

static char *disk;        /* the folder of the small disk, or of the limited process */
static gboolean is_mount; /* in the child: it is a disk, not a limit */

static gboolean
mount_small (const char *folder)
{
  g_autofree char *options = g_strdup_printf ("size=%dk", DISK_KIB);

  if (mount ("gm-test", folder, "tmpfs", 0, options) == 0)
    return TRUE;
  return unshare (CLONE_NEWUSER | CLONE_NEWNS) == 0 &&
         mount ("gm-test", folder, "tmpfs", 0, options) == 0;
}

/* A disk of 2 MiB in a mount namespace of the child; where that is not allowed, files of at most
 * 2 MiB, which the kernel refuses to grow just as plainly. */
static void
run_small (Case run)
{
  pid_t child = fork ();
  int status;

  if (child == 0)
    {
      const struct rlimit limit = { DISK_KIB * 1024, DISK_KIB * 1024 };

      if (unshare (CLONE_NEWNS) == 0)
        mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
      signal (SIGXFSZ, SIG_IGN);
      is_mount = mount_small (disk);
      if (!is_mount)
        setrlimit (RLIMIT_FSIZE, &limit);
      run (disk);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

static void
assert_full (GError **error)
{
  g_test_message ("%s", (*error)->message);
  g_assert_error (*error, GM_ERROR, GM_ERROR_OFFLINE);
  g_assert_nonnull (strstr ((*error)->message, "disk is full"));
  g_clear_error (error);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static gint64
count_rows (GmSql *sql)
{
  gint64 n = -1;

  g_assert_true (gm_sql_int (sql, "SELECT count(*) FROM t", NULL, 0, &n, NULL));
  return n;
}

static gboolean
put_row (GmSql *sql, gint64 id, GError **error)
{
  static const guint8 bytes[8000];

  return gm_sql_run (sql, "INSERT INTO t VALUES (?1, ?2)",
                     (GmValue[]){ gm_value_int (id), gm_value_bytes (bytes, sizeof bytes) }, 2,
                     NULL, error);
}

/* Rows until the disk is full: those that were saved stay, the one that failed is not there. */
static void
fill_ledger (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "ledger.db", NULL);
  g_autofree char *ballast = g_build_filename (folder, "ballast", NULL);
  g_autofree char *zeros = g_malloc0 (DISK_KIB * 256);
  GmSql *sql = gm_sql_open_sqlite (path, GM_SQL_LEDGER, NULL);
  g_autoptr (GError) error = NULL;
  gint64 saved = 0;

  g_assert_true (g_file_set_contents (ballast, zeros, DISK_KIB * 256, NULL));
  g_assert_true (gm_sql_script (sql, "CREATE TABLE t (id INTEGER PRIMARY KEY, b BLOB)", NULL));
  while (put_row (sql, saved, &error))
    saved++;
  assert_full (&error);
  g_assert_cmpint (saved, >, 20);
  g_assert_cmpint (count_rows (sql), ==, saved);
  gm_sql_close (sql);

  sql = gm_sql_open_sqlite (path, GM_SQL_LEDGER, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_rows (sql), ==, saved);

  /* Somebody frees some space, and writing goes on. */
  g_unlink (ballast);
  g_assert_true (!is_mount || put_row (sql, saved, &error));
  g_assert_true (gm_sql_check (sql, NULL));
  gm_sql_close (sql);
  gm_sqlite_delete_file (path);
}

static void
fill_in_transaction (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "ledger.db", NULL);
  GmSql *sql = gm_sql_open_sqlite (path, GM_SQL_LEDGER, NULL);
  g_autoptr (GError) error = NULL;
  gboolean good = TRUE;

  g_assert_true (gm_sql_script (sql, "CREATE TABLE t (id INTEGER PRIMARY KEY, b BLOB)", NULL));
  g_assert_true (put_row (sql, 0, NULL));
  g_assert_true (gm_sql_begin (sql, NULL));
  for (gint64 id = 1; good && id < 1000; id++)
    good = put_row (sql, id, &error);
  if (good)
    good = gm_sql_commit (sql, &error);
  g_assert_false (good);
  assert_full (&error);
  gm_sql_rollback (sql);
  g_assert_cmpint (count_rows (sql), ==, 1); /* all or nothing */
  g_assert_true (gm_sql_check (sql, NULL));
  gm_sql_close (sql);
  gm_sqlite_delete_file (path);
}

/* No room for the copy: the database is not touched, and no half copy stays. */
static void
fill_by_copy (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "ledger.db", NULL);
  g_autofree char *copy = g_build_filename (folder, "copy.db", NULL);
  g_autofree char *ballast = g_build_filename (folder, "ballast", NULL);
  g_autofree char *zeros = g_malloc0 (DISK_KIB * 1024);
  GmSql *sql = gm_sql_open_sqlite (path, GM_SQL_LEDGER, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (gm_sql_script (sql, "CREATE TABLE t (id INTEGER PRIMARY KEY, b BLOB)", NULL));
  for (gint64 id = 0; id < 60; id++)
    g_assert_true (put_row (sql, id, NULL));
  g_file_set_contents (ballast, zeros, (DISK_KIB - 1400) * 1024, NULL);
  if (sql->driver->backup (sql, copy, &error))
    g_test_message ("the limit is per file: nothing to see");
  else
    {
      assert_full (&error);
      g_assert_cmpuint (count_files (folder), <=, 4); /* ledger, its two files, ballast */
    }
  g_assert_cmpint (count_rows (sql), ==, 60);
  gm_sql_close (sql);
  gm_sqlite_delete_file (path);
  g_unlink (copy);
  g_unlink (ballast);
}

static void
fill_blobs (const char *folder)
{
  g_autofree char *objects = g_build_filename (folder, "objects", NULL);
  g_autofree char *kind = g_build_filename (objects, "preview", NULL);
  g_autoptr (GmBlob) blob = gm_blob_open_directory (objects, NULL);
  g_autofree guint8 *music = g_malloc0 (3 * 1024 * 1024);
  g_autoptr (GBytes) small = g_bytes_new_static (music, 100000);
  g_autoptr (GBytes) large = g_bytes_new_static (music, 3 * 1024 * 1024);
  g_autoptr (GError) error = NULL;

  g_assert_true (gm_blob_put_bytes (blob, "preview/small.ogg", small, NULL));
  g_assert_false (gm_blob_put_bytes (blob, "preview/large.ogg", large, &error));
  assert_full (&error);
  g_assert_false (gm_blob_has (blob, "preview/large.ogg"));
  g_assert_true (gm_blob_has (blob, "preview/small.ogg"));
  g_assert_cmpuint (count_files (kind), ==, 1); /* no part stays and fills the disk for good */
  g_assert_true (gm_blob_put_bytes (blob, "preview/again.ogg", small, NULL));
  gm_blob_delete (blob, "preview/again.ogg", NULL);
  gm_blob_delete (blob, "preview/small.ogg", NULL);
  g_rmdir (kind);
  g_rmdir (objects);
}

static void
fill_by_cipher (const char *folder)
{
  g_autofree char *to = g_build_filename (folder, "master.gma1", NULL);
  g_autofree char *from = g_strdup ("/dev/shm/gm-full-XXXXXX");
  g_autoptr (GmSecret) key = gm_secret_new_random (32);
  g_autoptr (GError) error = NULL;
  g_autofree char *old = NULL;
  GmCipherHeader header;
  int file = g_mkstemp (from);

  g_assert_cmpint (file, >=, 0);
  g_assert_cmpint (ftruncate (file, DISK_KIB * 1024), ==,
                   0); /* what the limit allows; 32 tags more */
  g_assert_true (g_file_set_contents (to, "the old one", -1, NULL));
  g_assert_false (gm_cipher_encrypt_file (from, to, key, &header, NULL, &error));
  assert_full (&error);
  g_assert_true (g_file_get_contents (to, &old, NULL, NULL));
  g_assert_cmpstr (old, ==, "the old one");
  g_assert_cmpuint (count_files (folder), ==, 1);
  g_unlink (to);
  close (file);
  g_unlink (from);
}

static void
test_ledger (void)
{
  run_small (fill_ledger);
}

static void
test_transaction (void)
{
  run_small (fill_in_transaction);
}

static void
test_copy (void)
{
  run_small (fill_by_copy);
}

static void
test_blobs (void)
{
  run_small (fill_blobs);
}

static void
test_cipher (void)
{
  run_small (fill_by_cipher);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  disk = g_dir_make_tmp ("gm-full-XXXXXX", NULL);
  g_test_add_func ("/full-disk/ledger-keeps-what-was-saved", test_ledger);
  g_test_add_func ("/full-disk/transaction-is-all-or-nothing", test_transaction);
  g_test_add_func ("/full-disk/no-room-for-the-copy", test_copy);
  g_test_add_func ("/full-disk/object-is-whole-or-absent", test_blobs);
  g_test_add_func ("/full-disk/master-is-whole-or-the-old-one", test_cipher);
  result = g_test_run ();
  g_rmdir (disk);
  g_free (disk);
  return result;
}
