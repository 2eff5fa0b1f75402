/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/pipeline.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "storage/unixfs.h"
#include "tests/media/sounds.h"

/* Keeps the key, as no real sealer may, so that the test can open what was stored. */
typedef struct
{
  GmSealer base;
  GmSecret *key;
  guint n_sealed;
  guint n_to_fail;
} TestSealer;

typedef struct
{
  char *root;
  char *master;
  char *job;
  GmBlob *blob;
  TestSealer sealer;
  GString *steps;
} Fixture;

static GBytes *
test_seal (const GmSealer *base, const GmHash *asset_id, GmSecret *content_key, GError **error)
{
  TestSealer *self = (TestSealer *) base;
  g_autofree char *text = gm_hash_dup_hex (asset_id);

  self->n_sealed++;
  if (self->n_to_fail > 0)
    {
      self->n_to_fail--;
      return gm_fail_null (error, GM_ERROR_OFFLINE, "the holders are asleep");
    }

  g_clear_pointer (&self->key, gm_secret_unref);
  self->key = gm_secret_ref (content_key);
  return g_bytes_new (text, strlen (text));
}

static void
on_progress (const char *step, double fraction, gpointer user_data)
{
  Fixture *f = user_data;

  if (!g_str_has_suffix (f->steps->str, step))
    g_string_append_printf (f->steps, " %s", step);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  const GmSound sound = {
    .format = "flac", .seconds = 33, .tags = "title=Tide,artist=Ann", .shape = gm_sound_sine
  };
  g_autofree char *store = NULL;

  f->root = g_dir_make_tmp ("pipeline-XXXXXX", NULL);
  f->master = g_build_filename (f->root, "Tide.flac", NULL);
  f->job = g_build_filename (f->root, "job", NULL);
  store = g_build_filename (f->root, "objects", NULL);
  f->blob = gm_blob_open_directory (store, NULL);
  g_assert_nonnull (f->blob);
  f->sealer.base.seal = test_seal;
  f->steps = g_string_new (NULL);
  gm_sound_write (f->master, &sound);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gm_blob_free (f->blob);
  g_clear_pointer (&f->sealer.key, gm_secret_unref);
  g_string_free (f->steps, TRUE);
  gm_pipeline_forget (f->root);
  g_free (f->root);
  g_free (f->master);
  g_free (f->job);
}

static GmPipelineJob
job_of (Fixture *f)
{
  GmPipelineJob job = {
    .path = f->master,
    .directory = f->job,
    .blob = f->blob,
    .sealer = &f->sealer.base,
    .chain_id = G_GUINT64_CONSTANT (4294967311),
    .seller = { { 7 } },
    .asset_salt = { { 9 } },
    .license_hash = { { 5 } },
    .preview_start_ms = GM_ANALYSIS_LOUDEST,
    .progress = on_progress,
    .user_data = f,
  };

  g_string_truncate (f->steps, 0);
  return job;
}

static char *
ipfs_path (Fixture *f, const char *cid)
{
  g_autofree char *name = g_strdup_printf ("ipfs/%s", cid);
  char *path = gm_blob_dup_path (f->blob, name);

  g_assert_nonnull (path);
  return path;
}

/* The stored ciphertext opens with the sealed key, to the master's very bytes. */
static void
assert_opens (Fixture *f, const GmPublication *publication)
{
  g_autofree char *path = ipfs_path (f, publication->master_cid);
  g_autofree char *master = NULL;
  g_autoptr (GmCipher) cipher = NULL;
  g_autofree guint8 *plain = NULL;
  GmCid cid;
  g_autofree char *cid_text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (f->master, &master, &length, NULL));
  cipher = gm_cipher_open_file (path, f->sealer.key, NULL);
  g_assert_nonnull (cipher);
  g_assert_cmpuint (gm_cipher_length (cipher), ==, length);
  plain = g_malloc (length);
  g_assert_cmpint (gm_cipher_read (cipher, 0, plain, length, NULL), ==, (gssize) length);
  g_assert_cmpmem (plain, length, master, length);
  g_assert_cmpint (publication->master_bytes, ==, (gint64) gm_cipher_stored_size (length));

  g_assert_true (gm_unixfs_import_file (path, &cid, NULL, NULL));
  cid_text = gm_cid_dup_text (&cid);
  g_assert_cmpstr (cid_text, ==, publication->master_cid);
}

static void
assert_manifest (Fixture *f, const GmPublication *publication)
{
  g_autofree char *path = ipfs_path (f, publication->manifest_cid);
  g_autofree char *hash_text = NULL;
  g_autofree char *cid_text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GmManifest) manifest = NULL;
  g_autoptr (GError) error = NULL;
  const GmManifestFile *file;
  GmHash hash;
  char *text;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  bytes = g_bytes_new_take (text, length);
  gm_hash_sha256 ((const guint8 *) text, length, &hash);
  hash_text = gm_hash_dup_hex (&hash);
  g_assert_cmpstr (hash_text, ==, publication->manifest_hash);

  manifest = gm_manifest_parse (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (manifest->preview, ==, publication->preview);
  g_assert_cmpstr (manifest->artwork, ==, publication->artwork);
  file = gm_manifest_find (manifest, "master");
  g_assert_nonnull (file);
  g_assert_cmpstr (file->mime, ==, "audio/flac");
  g_assert_cmpint (file->bytes, ==, publication->master_bytes);
  cid_text = gm_cid_dup_text (&file->cid);
  g_assert_cmpstr (cid_text, ==, publication->master_cid);
  g_assert_cmpmem (file->header.b, sizeof file->header.b,
                   g_bytes_get_data (publication->master_header, NULL), GM_CIPHER_HEADER_BYTES);
}

static void
test_everything (Fixture *f, gconstpointer data)
{
  const GmPipelineJob job = job_of (f);
  g_autoptr (GError) error = NULL;
  g_autoptr (GmPublication) publication = gm_pipeline_run (&job, NULL, &error);
  g_autoptr (GBytes) waveform = NULL;
  g_autoptr (GDir) left = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (f->steps->str, ==, " hash probe measure preview encrypt seal store");
  g_assert_cmpstr (publication->probe->title, ==, "Tide");
  g_assert_cmpint (publication->measure->duration_ms, ==, 33000);
  g_assert_true (gm_blob_has (f->blob, publication->preview));
  g_assert_true (gm_blob_has (f->blob, publication->artwork));
  g_assert_true (gm_blob_has (f->blob, publication->artwork_large));
  waveform = gm_blob_get (f->blob, publication->waveform, 5000, NULL);
  g_assert_cmpuint (g_bytes_get_size (waveform), ==, 1024);
  assert_opens (f, publication);
  assert_manifest (f, publication);

  /* nothing that plays is left behind */
  left = g_dir_open (f->job, 0, NULL);
  for (const char *name = g_dir_read_name (left); name != NULL; name = g_dir_read_name (left))
    g_assert_true (strcmp (name, "job.json") == 0 || strcmp (name, "media") == 0);
}

/* Fails at the seal; the next run neither decodes again nor keeps the key of the first. */
static void
test_resumes_after_analysis (Fixture *f, gconstpointer data)
{
  GmPipelineJob job = job_of (f);
  g_autofree char *half = g_build_filename (f->job, "master.gma1", NULL);
  g_autoptr (GmPublication) publication = NULL;
  g_autoptr (GError) error = NULL;

  f->sealer.n_to_fail = 1;
  g_assert_null (gm_pipeline_run (&job, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_OFFLINE);
  g_clear_error (&error);
  g_assert_false (g_file_test (half, G_FILE_TEST_EXISTS));

  /* as if it had been killed while it wrote */
  g_assert_true (g_file_set_contents (half, "GMA1 and half a file", -1, NULL));
  job = job_of (f);
  publication = gm_pipeline_run (&job, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (f->steps->str, ==, " hash encrypt seal store");
  g_assert_false (g_file_test (half, G_FILE_TEST_EXISTS));
  assert_opens (f, publication);
}

static void
test_done_is_done (Fixture *f, gconstpointer data)
{
  GmPipelineJob job = job_of (f);
  g_autoptr (GmPublication) first = gm_pipeline_run (&job, NULL, NULL);
  g_autoptr (GmPublication) second = NULL;

  job = job_of (f);
  second = gm_pipeline_run (&job, NULL, NULL);
  g_assert_cmpstr (f->steps->str, ==, " hash");
  g_assert_cmpuint (f->sealer.n_sealed, ==, 1);
  g_assert_cmpstr (first->manifest_hash, ==, second->manifest_hash);
  g_assert_cmpstr (first->master_cid, ==, second->master_cid);
  g_assert_cmpstr (second->probe->title, ==, "Tide");
  assert_opens (f, second);
}

/* Another salt is another asset: sealed anew, under a new file id, not decoded anew. */
static void
test_another_asset_is_sealed_anew (Fixture *f, gconstpointer data)
{
  GmPipelineJob job = job_of (f);
  g_autoptr (GmPublication) first = gm_pipeline_run (&job, NULL, NULL);
  g_autoptr (GmPublication) second = NULL;

  job = job_of (f);
  job.asset_salt.b[0] ^= 1;
  second = gm_pipeline_run (&job, NULL, NULL);
  g_assert_cmpstr (f->steps->str, ==, " hash encrypt seal store");
  g_assert_cmpstr (first->asset_id, !=, second->asset_id);
  g_assert_cmpstr (first->master_cid, !=, second->master_cid);
  g_assert_false (g_bytes_equal (first->master_header, second->master_header));
  assert_opens (f, second);
}

static void
test_another_master_starts_anew (Fixture *f, gconstpointer data)
{
  const GmSound sound = { .format = "flac", .seconds = 2, .shape = gm_sound_noise };
  GmPipelineJob job = job_of (f);
  g_autoptr (GmPublication) first = gm_pipeline_run (&job, NULL, NULL);
  g_autoptr (GmPublication) second = NULL;

  gm_sound_write (f->master, &sound);
  job = job_of (f);
  second = gm_pipeline_run (&job, NULL, NULL);
  g_assert_cmpstr (f->steps->str, ==, " hash probe measure preview encrypt seal store");
  g_assert_cmpint (second->measure->duration_ms, ==, 2000);
  g_assert_cmpstr (first->sha256, !=, second->sha256);
  assert_opens (f, second);
}

static void
test_broken_state_is_no_state (Fixture *f, gconstpointer data)
{
  static const char *const states[] = {
    "",
    "{",
    "[]",
    "{\"v\":1}",
    "{\"v\":1,\"state\":2,\"publication\":{},\"probe\":{},\"measure\":{}}",
    "{\"v\":2,\"state\":3}",
  };
  g_autofree char *path = g_build_filename (f->job, "job.json", NULL);

  g_assert_cmpint (g_mkdir (f->job, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      GmPipelineJob job = job_of (f);
      g_autoptr (GError) error = NULL;

      /* cancelled, so that it shows where it would have gone on: at the beginning */
      g_assert_true (g_file_set_contents (path, states[i], -1, NULL));
      g_cancellable_cancel (cancellable);
      g_assert_null (gm_pipeline_run (&job, cancellable, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_DECLINED);
    }
}

static void
test_bad_master (Fixture *f, gconstpointer data)
{
  GmPipelineJob job = job_of (f);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (f->master, "no music", -1, NULL));
  g_assert_null (gm_pipeline_run (&job, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);
  g_remove (f->master);
  g_assert_null (gm_pipeline_run (&job, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
}

/* This program again, with a fixture's folder, ending itself the hard way as @step begins. */
static void
on_progress_die (const char *step, double fraction, gpointer user_data)
{
  if (strcmp (step, (const char *) user_data) == 0)
    kill (getpid (), SIGKILL);
}

static int
run_and_die (const char *root, const char *step)
{
  g_autofree char *store = g_build_filename (root, "objects", NULL);
  Fixture f = { .root = g_strdup (root),
                .master = g_build_filename (root, "Tide.flac", NULL),
                .job = g_build_filename (root, "job", NULL),
                .blob = gm_blob_open_directory (store, NULL),
                .sealer.base.seal = test_seal,
                .steps = g_string_new (NULL) };
  GmPipelineJob job = job_of (&f);

  job.progress = on_progress_die;
  job.user_data = (gpointer) step;
  return gm_pipeline_run (&job, NULL, NULL) != NULL ? 0 : 1;
}

static void
assert_killed_at (Fixture *f, const char *step)
{
  const char *argv[] = { "/proc/self/exe", "--die-at", f->root, step, NULL };
  g_autofree char *self = g_file_read_link (argv[0], NULL);
  int status = 0;

  argv[0] = self;
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL,
                               &status, NULL));
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
}

/* Killed as each step begins, in one folder, one after the other; then it is finished. */
static void
test_killed_at_every_step (Fixture *f, gconstpointer data)
{
  static const char *const steps[] = { "hash",    "probe", "measure", "preview",
                                       "encrypt", "seal",  "store" };
  GmPipelineJob job = job_of (f);
  g_autoptr (GmPublication) publication = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    assert_killed_at (f, steps[i]);
  publication = gm_pipeline_run (&job, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (f->steps->str, ==, " hash encrypt seal store");
  assert_opens (f, publication);
  assert_manifest (f, publication);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  if (argc == 4 && strcmp (argv[1], "--die-at") == 0)
    return run_and_die (argv[2], argv[3]);

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD ("/pipeline/everything-is-stored-and-opens", test_everything);
  ADD ("/pipeline/resumes-after-analysis", test_resumes_after_analysis);
  ADD ("/pipeline/killed-at-every-step", test_killed_at_every_step);
  ADD ("/pipeline/done-is-done", test_done_is_done);
  ADD ("/pipeline/another-asset-is-sealed-anew", test_another_asset_is_sealed_anew);
  ADD ("/pipeline/another-master-starts-anew", test_another_master_starts_anew);
  ADD ("/pipeline/broken-state-is-no-state", test_broken_state_is_no_state);
  ADD ("/pipeline/bad-master-is-refused", test_bad_master);
  return g_test_run ();
}
