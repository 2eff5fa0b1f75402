/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/pipeline.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "media/cover-art.h"
#include "publish/publish-state.h"
#include "storage/unixfs.h"

#define MEDIA_FOLDER      "media" /* all that the confined child may write to */
#define CIPHERTEXT_NAME   "master.gma1"
#define COVER_NAME        "cover"
#define CONTENT_KEY_BYTES 32

typedef struct
{
  const GmPipelineJob *job;
  GCancellable *cancellable;
  char *media;
  GmPublication *publication;
  GmPublishState state;
} Run;

static void
run_clear (Run *run)
{
  g_clear_pointer (&run->media, g_free);
  g_clear_pointer (&run->publication, gm_publication_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static gboolean
enter (const Run *run, const char *step, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (run->cancellable, error))
    {
      gm_error_adopt (error);
      return FALSE;
    }

  if (run->job->progress != NULL)
    run->job->progress (step, 0, run->job->user_data);
  return TRUE;
}

static void
empty_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        {
          empty_folder (child);
          g_rmdir (child);
        }
      else
        g_unlink (child);
    }
}

void
gm_pipeline_forget (const char *directory)
{
  empty_folder (directory);
  g_rmdir (directory);
}

/* Of what is already in memory. */
static char *
put_bytes (GmBlob *blob, const char *kind, GBytes *content, const char *extension, GError **error)
{
  g_autofree char *name = gm_blob_name_for (kind, content, extension);

  return gm_blob_put_bytes (blob, name, content, error) ? g_steal_pointer (&name) : NULL;
}

static char *
put_file (GmBlob *blob, const char *kind, const char *path, GError **error)
{
  const char *extension = strrchr (path, '.');
  g_autoptr (GBytes) content = NULL;
  char *data;
  gsize length;

  if (!g_file_get_contents (path, &data, &length, error))
    {
      gm_error_adopt (error);
      return NULL;
    }

  content = g_bytes_new_take (data, length);
  return put_bytes (blob, kind, content, extension != NULL ? extension + 1 : "bin", error);
}

/* "ipfs/<CIDv1 of one raw block>" */
static char *
put_block (GmBlob *blob, GBytes *content, GmCid *cid, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (content, &length);
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  *cid = (GmCid){ .version = 1, .codec = GM_CID_RAW };
  gm_hash_sha256 (data, length, &cid->digest);
  text = gm_cid_dup_text (cid);
  name = g_strdup_printf ("ipfs/%s", text);
  return gm_blob_put_bytes (blob, name, content, error) ? g_steal_pointer (&text) : NULL;
}

static gboolean
put_picture (Run *run, const GmPicture *picture, GError **error)
{
  GmPublication *publication = run->publication;

  publication->artwork = put_file (run->job->blob, "artwork", picture->small, error);
  if (publication->artwork == NULL)
    return FALSE;
  publication->artwork_large = put_file (run->job->blob, "artwork", picture->large, error);
  return publication->artwork_large != NULL;
}

static gboolean
draw_cover (Run *run, GError **error)
{
  const GmPublication *publication = run->publication;
  g_autofree char *path = g_build_filename (run->job->directory, COVER_NAME, NULL);
  const GmCoverArt facts = { .title = publication->probe->title != NULL ? publication->probe->title
                                                                        : publication->sha256,
                             .artist = publication->probe->artist,
                             .peaks = publication->measure->peaks };
  g_autoptr (GBytes) cover = gm_cover_art_draw (&facts, error);
  g_autoptr (GmPicture) picture = NULL;

  if (cover == NULL)
    return FALSE;
  if (!g_file_set_contents (path, g_bytes_get_data (cover, NULL), (gssize) g_bytes_get_size (cover),
                            error))
    {
      gm_error_adopt (error);
      return FALSE;
    }

  picture = gm_analysis_picture (path, run->media, run->cancellable, error);
  g_unlink (path);
  return picture != NULL && put_picture (run, picture, error);
}

static gboolean
keep_analysis (Run *run, GmAnalysis *analysis, GError **error)
{
  GmPublication *publication = run->publication;
  GmBlob *blob = run->job->blob;

  publication->probe = g_steal_pointer (&analysis->probe);
  publication->measure = g_steal_pointer (&analysis->measure);
  publication->artwork_note = g_steal_pointer (&analysis->picture_problem);
  publication->preview_start_ms = analysis->preview->start_ms;
  publication->preview = put_file (blob, "preview", analysis->preview_path, error);
  if (publication->preview == NULL)
    return FALSE;
  publication->waveform = put_bytes (blob, "waveform", publication->measure->waveform, "bin",
                                     error);
  if (publication->waveform == NULL)
    return FALSE;
  return analysis->picture != NULL ? put_picture (run, analysis->picture, error)
                                   : draw_cover (run, error);
}

static gboolean
analyze (Run *run, GError **error)
{
  const GmPipelineJob *job = run->job;
  const GmAnalysisAsk ask = {
    .path = job->path,
    .directory = run->media,
    .what = GM_ANALYSIS_ALL,
    .preview_start_ms = job->preview_start_ms,
    .picture = job->picture,
  };
  g_autoptr (GmAnalysis) analysis = NULL;
  gboolean kept;

  empty_folder (run->media);
  analysis = gm_analysis_run (&ask, job->progress, job->user_data, run->cancellable, error);
  kept = analysis != NULL && keep_analysis (run, analysis, error);
  empty_folder (run->media);
  if (!kept)
    return FALSE;

  run->state = GM_PUBLISH_ANALYZED;
  return gm_publish_state_save (job->directory, run->state, run->publication, error);
}

static gboolean
store_ciphertext (Run *run, const char *path, GError **error)
{
  g_autofree char *name = NULL;
  GmCid cid;

  if (!enter (run, "store", error) || !gm_unixfs_import_file (path, &cid, run->cancellable, error))
    return FALSE;

  g_free (run->publication->master_cid);
  run->publication->master_cid = gm_cid_dup_text (&cid);
  name = g_strdup_printf ("ipfs/%s", run->publication->master_cid);
  return gm_blob_put_file (run->job->blob, name, path, error);
}

static gboolean
store_envelope (Run *run, GmSecret *content_key, GError **error)
{
  g_autoptr (GBytes) envelope = NULL;
  GmHash asset_id;
  GmCid cid;

  if (!enter (run, "seal", error) || !gm_hash_parse (run->publication->asset_id, &asset_id, error))
    return FALSE;

  envelope = run->job->sealer->seal (run->job->sealer, &asset_id, content_key, error);
  if (envelope == NULL)
    return FALSE;

  g_free (run->publication->envelope_cid);
  run->publication->envelope_cid = put_block (run->job->blob, envelope, &cid, error);
  return run->publication->envelope_cid != NULL;
}

/* The key lives in here and nowhere else, so this part is done whole or again. */
static gboolean
encrypt (Run *run, GError **error)
{
  const GmPipelineJob *job = run->job;
  g_autofree char *path = g_build_filename (job->directory, CIPHERTEXT_NAME, NULL);
  g_autoptr (GmSecret) content_key = gm_secret_new_random (CONTENT_KEY_BYTES);
  GmPublication *publication = run->publication;
  GmCipherHeader header;
  GStatBuf info;
  gboolean stored;

  g_unlink (path);
  if (!enter (run, "encrypt", error) ||
      !gm_cipher_encrypt_file (job->path, path, content_key, &header, run->cancellable, error))
    return FALSE;

  g_clear_pointer (&publication->master_header, g_bytes_unref);
  publication->master_header = g_bytes_new (header.b, sizeof header.b);
  publication->master_bytes = g_stat (path, &info) == 0 ? (gint64) info.st_size : 0;
  stored = store_envelope (run, content_key, error) && store_ciphertext (run, path, error);
  g_unlink (path);
  if (!stored)
    return FALSE;

  run->state = GM_PUBLISH_STORED;
  return gm_publish_state_save (job->directory, run->state, publication, error);
}

static GmManifest *
manifest_of (const Run *run, GError **error)
{
  const GmPublication *publication = run->publication;
  g_autoptr (GmManifest) manifest = gm_manifest_new ();
  GmCipherHeader header;
  GmCid cid;

  if (!gm_cid_parse (publication->master_cid, &cid, error) ||
      !gm_hash_parse (publication->asset_id, &manifest->asset_id, error))
    return NULL;

  memcpy (header.b, g_bytes_get_data (publication->master_header, NULL), sizeof header.b);
  manifest->chain_id = run->job->chain_id;
  manifest->marketplace = run->job->marketplace;
  manifest->seller = run->job->seller;
  manifest->license_hash = run->job->license_hash;
  manifest->preview = g_strdup (publication->preview);
  manifest->artwork = g_strdup (publication->artwork);
  gm_manifest_add_file (manifest, "master", publication->probe->mime, &cid,
                        publication->master_bytes, &header);
  return g_steal_pointer (&manifest);
}

static gboolean
describe (Run *run, GError **error)
{
  g_autoptr (GmManifest) manifest = manifest_of (run, error);
  g_autoptr (GBytes) bytes = NULL;
  GmHash hash;
  GmCid cid;

  if (manifest == NULL)
    return FALSE;

  bytes = gm_manifest_encode (manifest, &hash);
  g_free (run->publication->manifest_cid);
  run->publication->manifest_cid = put_block (run->job->blob, bytes, &cid, error);
  if (run->publication->manifest_cid == NULL)
    return FALSE;

  g_free (run->publication->manifest_hash);
  run->publication->manifest_hash = gm_hash_dup_hex (&hash);
  run->state = GM_PUBLISH_DONE;
  return gm_publish_state_save (run->job->directory, run->state, run->publication, error);
}

/* Another master in the same folder starts anew; another asset id needs another envelope. The
 * manifest is cheap and names what may have changed, so it is always written again. */
static void
resume (Run *run, const char *sha256, const char *asset_id)
{
  run->publication = gm_publish_state_load (run->job->directory, &run->state);
  if (run->publication != NULL && strcmp (run->publication->sha256, sha256) != 0)
    g_clear_pointer (&run->publication, gm_publication_free);
  if (run->publication == NULL)
    {
      run->state = GM_PUBLISH_NOTHING;
      run->publication = g_new0 (GmPublication, 1);
      run->publication->sha256 = g_strdup (sha256);
    }

  if (run->state >= GM_PUBLISH_STORED)
    run->state = strcmp (run->publication->asset_id, asset_id) == 0 ? GM_PUBLISH_STORED
                                                                    : GM_PUBLISH_ANALYZED;
  g_free (run->publication->asset_id);
  run->publication->asset_id = g_strdup (asset_id);
}

static gboolean
prepare (Run *run, GError **error)
{
  const GmPipelineJob *job = run->job;
  g_autofree char *sha256 = NULL;
  g_autofree char *asset_id_text = NULL;
  GmHash hash, asset_id;

  run->media = g_build_filename (job->directory, MEDIA_FOLDER, NULL);
  if (g_mkdir_with_parents (job->directory, 0700) != 0 ||
      g_mkdir_with_parents (run->media, 0700) != 0)
    return gm_fail (error, GM_ERROR_OFFLINE, "no place to work in: %s", g_strerror (errno));
  if (!enter (run, "hash", error) || !gm_probe_check_size (job->path, error) ||
      !gm_hash_file (job->path, &hash, error))
    return FALSE;

  gm_manifest_asset_id (job->chain_id, &job->marketplace, &job->seller, &job->asset_salt,
                        &asset_id);
  sha256 = gm_hash_dup_hex (&hash);
  asset_id_text = gm_hash_dup_hex (&asset_id);
  resume (run, sha256, asset_id_text);
  return TRUE;
}

GmPublication *
gm_pipeline_run (const GmPipelineJob *job, GCancellable *cancellable, GError **error)
{
  g_auto (Run) run = { .job = job, .cancellable = cancellable };

  if (!prepare (&run, error))
    return NULL;
  if (run.state < GM_PUBLISH_ANALYZED && !analyze (&run, error))
    return NULL;
  if (run.state < GM_PUBLISH_STORED && !encrypt (&run, error))
    return NULL;
  if (!describe (&run, error))
    return NULL;

  return g_steal_pointer (&run.publication);
}
