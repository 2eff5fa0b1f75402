/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/publish-job.h"

#include <gst/gst.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "crypto/hpke.h"
#include "evm/address.h"
#include "licenses/manifest.h"
#include "server-world.h"
#include "server/asset-row.h"
#include "server/upload.h"
#include "tests/media/sounds.h"

#define KEY(text) "Idempotency-Key: " text "\r\n"

/* To seal, the public halves are enough. */
static void
put_holders (GmService *service)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *id = g_strdup_printf ("holder-%u", i + 1);
      g_autoptr (GmSecret) secret = NULL;
      const GmHash sign_key = { { (guint8) (i + 1) } };
      GmHash hpke_key;

      gm_hpke_generate (&secret, &hpke_key);
      g_ptr_array_add (service->holders,
                       gm_key_holder_new (id, "http://127.0.0.1:1", &hpke_key, &sign_key));
    }
  service->threshold = 2;
}

/* A received sound file. */
static GmUpload *
upload_sound (ServerWorld *world, const char *address)
{
  const GmSound sound = { .format = "flac", .seconds = 2, .shape = gm_sound_sine };
  g_autofree char *path = g_build_filename (world->folder, "sound.flac", NULL);
  GmUpload *upload = g_new0 (GmUpload, 1);
  g_autofree char *content = NULL;
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  gm_sound_write (path, &sound);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  upload->address = g_strdup (address);
  upload->filename = g_strdup ("sound.flac");
  upload->content_type = g_strdup ("audio/flac");
  upload->bytes = (gint64) length;
  upload = gm_upload_sign (world->service, upload, &token, &error);
  g_assert_no_error (error);
  gm_upload_free (gm_upload_receive (world->service, token, address, path, &error));
  g_assert_no_error (error);
  return upload;
}

static void
run_job (GmService *service)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) never = g_cancellable_new ();
  g_autoptr (GmJob) job = gm_job_claim (service->database, &error);

  g_assert_no_error (error);
  g_assert_nonnull (job);
  gm_publish_job_run (service, job, never, &error);
  g_assert_no_error (error);
}

static GmManifest *
load_manifest (GmService *service, GmAsset *asset)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *cid_text = NULL;
  g_autofree char *name = NULL;
  GmManifest *manifest;
  GmCid cid = { 1, GM_CID_RAW, { { 0 } } };

  g_assert_true (gm_hash_parse (asset->manifest_hash, &cid.digest, NULL));
  cid_text = gm_cid_dup_text (&cid);
  name = g_strconcat ("ipfs/", cid_text, NULL);
  bytes = gm_blob_get (service->blob, name, GM_MANIFEST_MAX_BYTES, &error);
  g_assert_no_error (error);
  manifest = gm_manifest_parse (bytes, &error);
  g_assert_no_error (error);
  return manifest;
}

/* It is his in the catalog, in what buyers check, and when he edits it. */
static void
test_producer (void)
{
  ServerWorld *world = server_world_new (FALSE);
  GmSigner *producer = server_person (3);
  g_autofree char *address = gm_address_dup_text (&producer->address);
  g_autofree char *token = NULL;
  g_autofree char *get = NULL;
  g_autofree char *patch = NULL;
  g_autofree char *notify = NULL;
  g_autofree char *if_match = NULL;
  g_autoptr (JsonObject) draft = NULL;
  g_autoptr (JsonObject) ready = NULL;
  g_autoptr (GmAsset) asset = NULL;
  g_autoptr (GmManifest) manifest = NULL;
  g_autoptr (GmUpload) upload = NULL;
  const char *id;

  put_holders (world->service);
  server_grant (world, "producer", producer);
  token = server_sign_in (world, producer);
  draft = server_expect (world, 201, "POST /api/assets", token, KEY ("draft-001"),
                         "{\"title\":\"Mine\",\"artist\":\"Me\"}");
  id = json_object_get_string_member (draft, "id");
  upload = upload_sound (world, address);
  notify = g_strdup_printf ("{\"assetId\":\"%s\",\"key\":\"%s\"}", id, upload->key);
  json_object_unref (server_expect (world, 200, "POST /api/upload/notify", token, NULL, notify));
  run_job (world->service);

  get = g_strdup_printf ("GET /api/assets/%s", id);
  ready = server_expect (world, 200, get, token, NULL, NULL);
  g_assert_cmpstr (json_object_get_string_member (ready, "status"), ==, "ready");
  g_assert_cmpstr (json_object_get_string_member (ready, "seller"), ==, address);
  asset = gm_record_from_json (&gm_asset_type, ready, NULL);
  manifest = load_manifest (world->service, asset);
  g_assert_true (gm_address_equal (&manifest->seller, &producer->address));

  patch = g_strdup_printf ("PATCH /api/assets/%s", id);
  if_match = g_strdup_printf (KEY ("edit-0001") "If-Match: \"%" G_GINT64_FORMAT "\"\r\n",
                              asset->version);
  json_object_unref (
      server_expect (world, 200, patch, token, if_match, "{\"status\":\"published\"}"));
  gm_credential_signer_free (producer);
  server_world_free (world);
}

/* The same file for a second asset: said to be there already, and not tried for ever. */
static void
test_duplicate (void)
{
  ServerWorld *world = server_world_new (FALSE);
  GmSigner *producer = server_person (3);
  g_autofree char *address = gm_address_dup_text (&producer->address);
  g_autofree char *token = NULL;

  put_holders (world->service);
  server_grant (world, "producer", producer);
  token = server_sign_in (world, producer);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *key = g_strdup_printf (KEY ("draft-%03u"), i);
      g_autoptr (JsonObject) draft = server_expect (world, 201, "POST /api/assets", token, key,
                                                    "{\"title\":\"Mine\",\"artist\":\"Me\"}");
      const char *id = json_object_get_string_member (draft, "id");
      g_autofree char *get = g_strdup_printf ("GET /api/assets/%s", id);
      g_autoptr (GmUpload) upload = upload_sound (world, address);
      g_autofree char *spooled = gm_upload_dup_path (world->service, upload->id);
      g_autofree char *notify = g_strdup_printf ("{\"assetId\":\"%s\",\"key\":\"%s\"}", id,
                                                 upload->key);
      g_autoptr (JsonObject) after = NULL;

      json_object_unref (
          server_expect (world, 200, "POST /api/upload/notify", token, NULL, notify));
      run_job (world->service);
      after = server_expect (world, 200, get, token, NULL, NULL);
      g_assert_cmpstr (json_object_get_string_member (after, "status"), ==,
                       i == 0 ? "ready" : "error");
      g_assert_false (g_file_test (spooled, G_FILE_TEST_EXISTS));
      if (i == 1)
        g_assert_nonnull (strstr (json_object_get_string_member (after, "error"), "already"));
    }
  gm_credential_signer_free (producer);
  server_world_free (world);
}

/* Claimed again and again by a store that dies of it: the fourth time it is over. A store that is
 * stopped gives it back uncounted. */
static void
test_deadly (void)
{
  ServerWorld *world = server_world_new (FALSE);
  GmSigner *producer = server_person (3);
  g_autofree char *address = gm_address_dup_text (&producer->address);
  g_autofree char *token = NULL;
  g_autofree char *get = NULL;
  g_autofree char *notify = NULL;
  g_autofree char *spooled = NULL;
  g_autoptr (GCancellable) stopped = g_cancellable_new ();
  g_autoptr (JsonObject) draft = NULL;
  g_autoptr (JsonObject) after = NULL;
  g_autoptr (GmUpload) upload = NULL;
  g_autoptr (GError) error = NULL;
  const char *id;

  put_holders (world->service);
  server_grant (world, "producer", producer);
  token = server_sign_in (world, producer);
  draft = server_expect (world, 201, "POST /api/assets", token, KEY ("draft-001"),
                         "{\"title\":\"Mine\",\"artist\":\"Me\"}");
  id = json_object_get_string_member (draft, "id");
  upload = upload_sound (world, address);
  spooled = gm_upload_dup_path (world->service, upload->id);
  notify = g_strdup_printf ("{\"assetId\":\"%s\",\"key\":\"%s\"}", id, upload->key);
  json_object_unref (server_expect (world, 200, "POST /api/upload/notify", token, NULL, notify));

  g_cancellable_cancel (stopped);
  for (guint i = 0; i < 2 * GM_JOB_MOST_ATTEMPTS; i++)
    {
      g_autoptr (GmJob) job = gm_job_claim (world->service->database, &error);

      g_assert_no_error (error);
      g_assert_cmpint (job->attempts, ==, i < GM_JOB_MOST_ATTEMPTS ? 1 : i - 2);
      if (i < GM_JOB_MOST_ATTEMPTS) /* stopped */
        g_assert_true (gm_publish_job_run (world->service, job, stopped, &error));
      else /* killed: nobody says anything until the lease is over */
        gm_clock_set_for_test (gm_clock_now_ms () + GM_JOB_LEASE_MS + 1);
    }
  run_job (world->service);
  gm_clock_set_for_test (0);

  get = g_strdup_printf ("GET /api/assets/%s", id);
  after = server_expect (world, 200, get, token, NULL, NULL);
  g_assert_cmpstr (json_object_get_string_member (after, "status"), ==, "error");
  g_assert_nonnull (strstr (json_object_get_string_member (after, "error"), "stopped 3 times"));
  g_assert_false (g_file_test (spooled, G_FILE_TEST_EXISTS));
  gm_credential_signer_free (producer);
  server_world_free (world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  g_test_add_func ("/publish-job/who-made-the-draft-sells-it", test_producer);
  g_test_add_func ("/publish-job/a-file-that-is-there-already-is-refused", test_duplicate);
  g_test_add_func ("/publish-job/a-file-that-kills-the-store-is-given-up", test_deadly);
  return g_test_run ();
}
