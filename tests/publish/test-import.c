/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/import.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "tests/media/sounds.h"

typedef struct
{
  GmImportSink base;
  GmBlob *blob;
  GmSealer sealer;
  GHashTable *known;  /* of hashes */
  GPtrArray *items;   /* "artist / title / price / bpm" */
  GPtrArray *reports; /* "event name" */
  GCancellable *cancel_at_first;
  guint begun;
  void (*meanwhile) (gpointer data); /* (nullable) called while a master is worked on */
  gpointer meanwhile_data;
} TestSink;

static GBytes *
test_seal (const GmSealer *self, const GmHash *asset_id, GmSecret *content_key, GError **error)
{
  return g_bytes_new (asset_id->b, sizeof asset_id->b);
}

static gboolean
sink_has (GmImportSink *base, const char *sha256, GError **error)
{
  return g_hash_table_contains (((TestSink *) base)->known, sha256);
}

static gboolean
sink_begin (GmImportSink *base, const char *sha256, GmPipelineJob *job, GError **error)
{
  TestSink *self = (TestSink *) base;

  self->begun++;
  if (self->meanwhile != NULL)
    self->meanwhile (self->meanwhile_data);
  job->blob = self->blob;
  job->sealer = &self->sealer;
  job->chain_id = G_GUINT64_CONSTANT (4294967311);
  return gm_hash_parse (sha256, &job->asset_salt, error);
}

static gboolean
sink_add (GmImportSink *base,
          const GmImportItem *item,
          const GmPublication *publication,
          GError **error)
{
  TestSink *self = (TestSink *) base;
  g_autofree char *price = gm_money_format_plain (&item->price);

  if (g_str_equal (item->title, "Refused"))
    return gm_fail (error, GM_ERROR_CONFLICT, "the database said no");
  g_hash_table_add (self->known, g_strdup (publication->sha256));
  g_ptr_array_add (self->items, g_strdup_printf ("%s / %s / %s / %d", item->artist, item->title,
                                                 price, (int) item->bpm));
  return TRUE;
}

static void
sink_report (GmImportSink *base, GmImportEvent event, const char *name, const char *reason)
{
  static const char *const words[] = { "started", "added", "duplicate", "failed", "ignored" };
  TestSink *self = (TestSink *) base;

  g_assert_true (g_utf8_validate (name, -1, NULL));
  if (event != GM_IMPORT_STARTED)
    g_ptr_array_add (self->reports, g_strdup_printf ("%s %s", words[event], name));
  else if (self->cancel_at_first != NULL)
    g_cancellable_cancel (self->cancel_at_first);
  g_test_message ("%s %s: %s", words[event], name, reason != NULL ? reason : "");
}

static TestSink *
sink_new (const char *root)
{
  g_autofree char *objects = g_build_filename (root, "objects", NULL);
  TestSink *self = g_new0 (TestSink, 1);

  self->base.has = sink_has;
  self->base.begin = sink_begin;
  self->base.add = sink_add;
  self->base.report = sink_report;
  self->sealer.seal = test_seal;
  self->blob = gm_blob_open_directory (objects, NULL);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->items = g_ptr_array_new_with_free_func (g_free);
  self->reports = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static void
sink_free (TestSink *self)
{
  gm_blob_free (self->blob);
  g_hash_table_unref (self->known);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->reports);
  g_free (self);
}

static gboolean
was_reported (TestSink *self, const char *line)
{
  return g_ptr_array_find_with_equal_func (self->reports, line, g_str_equal, NULL);
}

static gboolean
was_added (TestSink *self, const char *line)
{
  return g_ptr_array_find_with_equal_func (self->items, line, g_str_equal, NULL);
}

static void
sound (const char *folder, const char *name, const char *format, const char *tags, double seconds)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  const GmSound made = {
    .format = format, .tags = tags, .seconds = seconds, .shape = gm_sound_sine
  };

  gm_sound_write (path, &made);
}

static void
text (const char *folder, const char *name, const char *content)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
}

static char *
sub_folder (const char *folder, const char *name)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  return path;
}

/* Each length is another file; equal lengths of one format are equal bytes. */
static void
fill (const char *music)
{
  g_autofree char *inner = sub_folder (music, "inner");
  g_autofree char *hidden = sub_folder (music, ".hidden");
  g_autofree char *link = g_build_filename (music, "link.flac", NULL);
  g_autofree char *loop = g_build_filename (inner, "loop", NULL);

  sound (music, "tagged.flac", "flac",
         "title=Tide,artist=Ann,beats-per-minute=124.0,extended-comment=\"PRICE=4.5\"", 1);
  sound (music, "Bob - Foam.wav", "wav", NULL, 1.1);
  sound (inner, "photo.jpg", "mp3", "title=Mask", 1.2);
  sound (inner, "copy of foam.wav", "wav", NULL, 1.1);
  sound (inner, "odd \xff\xfe name.wav", "wav", NULL, 1.3);
  sound (inner,
         "line\nbreak \xe2\x80\xae"
         "3pm.wav",
         "wav", NULL, 1.4);
  sound (inner, "pricey.flac", "flac", "title=Pricey,extended-comment=\"PRICE=lots\"", 1.5);
  sound (inner, "refused.flac", "flac", "title=Refused", 1.6);
  sound (hidden, "never.wav", "wav", NULL, 1.7);
  text (music, "notes.txt", "buy milk");
  text (music, "broken.flac", "no music");
  text (music, "empty.mp3", "");
  g_assert_cmpint (symlink ("tagged.flac", link), ==, 0);
  g_assert_cmpint (symlink ("..", loop), ==, 0);
}

static const char *const expected_items[] = {
  "Ann / Tide / 4.5 / 124",          "Bob / Foam / 2 / 0",
  "Nobody / Mask / 2 / 0",           "Nobody / odd \xef\xbf\xbd\xef\xbf\xbd name / 2 / 0",
  "Nobody / line break 3pm / 2 / 0", "Nobody / Pricey / 2 / 0",
};

static const char *const expected_reports[] = {
  "added tagged.flac",         "added Bob - Foam.wav",
  "added inner/photo.jpg",     "failed broken.flac",
  "failed empty.mp3",          "ignored notes.txt",
  "failed inner/refused.flac", "duplicate inner/copy of foam.wav",
  "added inner/pricey.flac",
};

static void
check_first_run (TestSink *sink, const GmImportSummary *summary)
{
  for (guint i = 0; i < G_N_ELEMENTS (expected_items); i++)
    if (!was_added (sink, expected_items[i]))
      g_error ("not added: %s", expected_items[i]);
  for (guint i = 0; i < G_N_ELEMENTS (expected_reports); i++)
    if (!was_reported (sink, expected_reports[i]))
      g_error ("not reported: %s", expected_reports[i]);

  g_assert_cmpuint (sink->items->len, ==, G_N_ELEMENTS (expected_items));
  g_assert_cmpuint (summary->added, ==, 6);
  g_assert_cmpuint (summary->duplicates, ==, 1);
  g_assert_cmpuint (summary->failed, ==, 3);
  g_assert_cmpuint (summary->ignored, ==, 1);
}

static void
test_folder (void)
{
  g_autofree char *root = g_dir_make_tmp ("import-XXXXXX", NULL);
  g_autofree char *music = sub_folder (root, "music");
  g_autofree char *spool = sub_folder (root, "spool");
  TestSink *sink = sink_new (root);
  GmImportAsk ask = { .folder = music, .spool = spool, .artist = "Nobody" };
  GmImportSummary summary;
  g_autoptr (GError) error = NULL;

  fill (music);
  g_assert_true (gm_money_parse ("2", "USDC", &ask.price, NULL));
  g_assert_true (gm_import_run (&ask, &sink->base, &summary, NULL, &error));
  g_assert_no_error (error);
  check_first_run (sink, &summary);

  /* again: everything is there already, but what failed is tried again */
  g_assert_true (gm_import_run (&ask, &sink->base, &summary, NULL, &error));
  g_assert_cmpuint (summary.added, ==, 0);
  g_assert_cmpuint (summary.duplicates, ==, 7);
  g_assert_cmpuint (summary.failed, ==, 3);
  sink_free (sink);
  gm_pipeline_forget (root);
}

static void
test_cancel (void)
{
  g_autofree char *root = g_dir_make_tmp ("import-XXXXXX", NULL);
  g_autofree char *music = sub_folder (root, "music");
  g_autofree char *spool = sub_folder (root, "spool");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  TestSink *sink = sink_new (root);
  GmImportAsk ask = { .folder = music, .spool = spool, .artist = "Nobody" };
  GmImportSummary summary;
  g_autoptr (GError) error = NULL;

  sound (music, "one.wav", "wav", NULL, 1);
  sound (music, "two.wav", "wav", NULL, 2);
  g_assert_true (gm_money_parse ("2", "USDC", &ask.price, NULL));
  sink->cancel_at_first = cancellable;
  g_assert_false (gm_import_run (&ask, &sink->base, &summary, cancellable, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DECLINED);
  g_assert_cmpuint (summary.added + summary.failed, ==, 0);
  sink_free (sink);
  gm_pipeline_forget (root);
}

/* The second waits for the master the first is at; here until it is cancelled. */
static void
import_too (gpointer data)
{
  const GmImportAsk *ask = data;
  g_autofree char *root = g_path_get_dirname (ask->spool);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  TestSink *sink = sink_new (root);
  GmImportSummary summary;

  sink->cancel_at_first = cancellable;
  g_assert_false (gm_import_run (ask, &sink->base, &summary, cancellable, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DECLINED);
  g_assert_cmpuint (sink->begun, ==, 0);
  sink_free (sink);
}

static void
test_two (void)
{
  g_autofree char *root = g_dir_make_tmp ("import-XXXXXX", NULL);
  g_autofree char *music = sub_folder (root, "music");
  g_autofree char *spool = sub_folder (root, "spool");
  TestSink *sink = sink_new (root);
  GmImportAsk ask = { .folder = music, .spool = spool, .artist = "Nobody" };
  GmImportSummary summary;
  g_autoptr (GError) error = NULL;

  sound (music, "one.wav", "wav", NULL, 1);
  g_assert_true (gm_money_parse ("2", "USDC", &ask.price, NULL));
  sink->meanwhile = import_too;
  sink->meanwhile_data = &ask;
  g_assert_true (gm_import_run (&ask, &sink->base, &summary, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (summary.added, ==, 1);
  g_assert_cmpuint (sink->begun, ==, 1);
  sink_free (sink);
  gm_pipeline_forget (root);
}

static void
test_no_folder (void)
{
  g_autofree char *root = g_dir_make_tmp ("import-XXXXXX", NULL);
  TestSink *sink = sink_new (root);
  GmImportAsk ask = { .folder = "/nonexistent/music", .spool = root, .artist = "Nobody" };
  GmImportSummary summary;
  g_autoptr (GError) error = NULL;

  g_assert_true (gm_money_parse ("2", "USDC", &ask.price, NULL));
  g_assert_false (gm_import_run (&ask, &sink->base, &summary, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  sink_free (sink);
  gm_pipeline_forget (root);
}

/* Root reads everything, so the tests of root are those of nobody here. */
static void
test_unreadable (void)
{
  g_autofree char *root = g_dir_make_tmp ("import-XXXXXX", NULL);
  g_autofree char *music = sub_folder (root, "music");
  g_autofree char *closed = sub_folder (music, "closed");
  g_autofree char *mine = g_build_filename (music, "mine.wav", NULL);
  TestSink *sink = sink_new (root);
  GmImportAsk ask = { .folder = music, .spool = root, .artist = "Nobody" };
  GmImportSummary summary;
  g_autoptr (GError) error = NULL;
  gboolean is_root = geteuid () == 0;

  sound (music, "mine.wav", "wav", NULL, 1);
  g_assert_cmpint (g_chmod (root, 0755) | g_chmod (music, 0755), ==, 0);
  g_assert_cmpint (g_chmod (mine, 0) | g_chmod (closed, 0), ==, 0);
  g_assert_true (gm_money_parse ("2", "USDC", &ask.price, NULL));
  g_assert_true (!is_root || seteuid (65534) == 0);
  g_assert_true (gm_import_run (&ask, &sink->base, &summary, NULL, &error));
  g_assert_true (!is_root || seteuid (0) == 0);
  g_assert_no_error (error);
  g_assert_true (was_reported (sink, "failed mine.wav"));
  g_assert_true (was_reported (sink, "failed closed"));
  g_assert_cmpuint (summary.failed, ==, 2);
  g_chmod (closed, 0700);
  sink_free (sink);
  gm_pipeline_forget (root);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/folder-file-by-file", test_folder);
  g_test_add_func ("/import/cancel-stops-it", test_cancel);
  g_test_add_func ("/import/two-at-once-share-no-job", test_two);
  g_test_add_func ("/import/unreadable-ones-are-named", test_unreadable);
  g_test_add_func ("/import/no-folder-is-an-error", test_no_folder);
  return g_test_run ();
}
