/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server-world.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <utime.h>

#include "base/error.h"
#include "server/job.h"
#include "server/upload.h"

static const ServerAsset draft = { "Upload", "draft", NULL, 100, 1, 0 };

typedef struct
{
  ServerWorld *world;
  GmSigner *admin;
  char *token;
  char *asset;
} Studio;

static void
studio_init (Studio *self)
{
  self->world = server_world_new (FALSE);
  self->admin = server_person (1);
  server_grant (self->world, "admin", self->admin);
  self->token = server_sign_in (self->world, self->admin);
  self->asset = server_put_asset (self->world, &draft);
}

static void
studio_clear (Studio *self)
{
  g_free (self->asset);
  g_free (self->token);
  gm_credential_signer_free (self->admin);
  server_world_free (self->world);
}

static const struct
{
  const char *body;
  guint status;
} signs[] = {
  { "{\"filename\":\"a.flac\",\"contentType\":\"audio/flac\",\"fileSize\":10}", 200 },
  { "{\"filename\":\"a.flac\",\"contentType\":\"Audio/FLAC\",\"fileSize\":524288000}", 200 },
  { "{\"filename\":\"a.flac\",\"contentType\":\"audio/flac\",\"fileSize\":524288001}", 400 },
  { "{\"filename\":\"a.flac\",\"contentType\":\"audio/flac\",\"fileSize\":0}", 400 },
  { "{\"filename\":\"a.png\",\"contentType\":\"image/png\",\"fileSize\":10}", 400 },
  { "{\"filename\":\"\",\"contentType\":\"audio/flac\",\"fileSize\":10}", 400 },
  { "{\"contentType\":\"audio/flac\",\"fileSize\":10}", 400 },
  { "{", 400 },
};

static void
test_sign (void)
{
  Studio s;

  studio_init (&s);
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      g_test_message ("%s", signs[i].body);
      json_object_unref (server_expect (s.world, signs[i].status, "POST /api/upload/sign", s.token,
                                        NULL, signs[i].body));
    }
  json_object_unref (
      server_expect (s.world, 401, "POST /api/upload/sign", NULL, NULL, signs[0].body));
  studio_clear (&s);
}

static void
expire_uploads (Studio *s)
{
  g_auto (GmWriter) writer = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (gm_database_begin (s->world->service->database, &writer, &error));
  gm_sql_run (writer.sql, "UPDATE uploads SET expires_at = 1", NULL, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (gm_database_commit (&writer, &error));
}

/* 40 files of 500 MiB fit, and a day later they are forgotten. */
static void
test_quota (void)
{
  Studio s;
  const guint fit = (guint) (GM_UPLOAD_QUOTA_BYTES / GM_UPLOAD_MAX_BYTES);

  studio_init (&s);
  for (guint i = 0; i < fit; i++)
    json_object_unref (
        server_expect (s.world, 200, "POST /api/upload/sign", s.token, NULL, signs[1].body));
  json_object_unref (
      server_expect (s.world, 429, "POST /api/upload/sign", s.token, NULL, signs[1].body));
  expire_uploads (&s);
  json_object_unref (
      server_expect (s.world, 200, "POST /api/upload/sign", s.token, NULL, signs[1].body));
  studio_clear (&s);
}

static char *
sign (Studio *s, const char *filename, char **path)
{
  g_autofree char *body = g_strdup_printf (
      "{\"filename\":\"%s\",\"contentType\":\"audio/flac\",\"fileSize\":10}", filename);
  g_autoptr (JsonObject) signed_for = server_expect (s->world, 200, "POST /api/upload/sign",
                                                     s->token, NULL, body);
  const char *url = json_object_get_string_member (signed_for, "url");

  *path = g_strdup (strstr (url, "/api/"));
  return g_strdup (json_object_get_string_member (signed_for, "key"));
}

static guint
put (Studio *s, const char *path, const char *token, const char *content)
{
  g_autofree char *request = g_strdup_printf (
      "PUT %s HTTP/1.1\r\nHost: store\r\nAuthorization: Bearer %s\r\n"
      "Content-Type: audio/flac\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
      path, token, strlen (content), content);
  g_autoptr (GmRawAnswer) answer = gm_raw_ask (s->world->port, request);

  return answer->status;
}

static void
test_flow (void)
{
  Studio s;
  g_autofree char *path = NULL;
  g_autofree char *key = NULL;
  g_autofree char *notify = NULL;
  g_autofree char *complete = NULL;
  g_autofree char *asset_start = NULL;
  g_autoptr (JsonObject) told = NULL;
  g_autoptr (JsonObject) again = NULL;
  g_autoptr (JsonObject) asset = NULL;
  g_autoptr (JsonObject) given_up = NULL;

  studio_init (&s);
  key = sign (&s, "../../etc/pass wd\\n%2f.flac", &path);
  g_assert_true (g_str_has_prefix (key, "assets/"));
  g_assert_null (strstr (key, ".."));
  g_assert_null (strpbrk (key + strlen ("assets/"), "/\\% "));
  notify = g_strdup_printf ("{\"assetId\":\"%s\",\"key\":\"%s\"}", s.asset, key);
  complete = g_strdup_printf ("{\"assetId\":\"%s\"}", s.asset);

  json_object_unref (
      server_expect (s.world, 409, "POST /api/upload/notify", s.token, NULL, notify));
  g_assert_cmpuint (put (&s, path, s.token, "123456789"), ==, 400); /* one byte short */
  g_assert_cmpuint (put (&s, path, "wrong", "1234567890"), ==, 401);
  g_assert_cmpuint (put (&s, "/api/upload/put/00", s.token, "1234567890"), ==, 404);
  g_assert_cmpuint (put (&s, path, s.token, "1234567890"), ==, 204);
  g_assert_cmpuint (put (&s, path, s.token, "1234567890"), ==, 204); /* sent again */

  told = server_expect (s.world, 200, "POST /api/upload/notify", s.token, NULL, notify);
  g_assert_cmpstr (json_object_get_string_member (told, "status"), ==, "processing");
  again = server_expect (s.world, 200, "POST /api/upload/notify", s.token, NULL, notify);
  g_assert_cmpstr (json_object_get_string_member (again, "fileId"), ==,
                   json_object_get_string_member (told, "fileId"));
  g_assert_cmpuint (put (&s, path, s.token, "1234567890"), ==, 409); /* it is being read */

  asset_start = g_strdup_printf ("GET /api/assets/%s", s.asset);
  asset = server_expect (s.world, 200, asset_start, s.token, NULL, NULL);
  g_assert_cmpstr (json_object_get_string_member (asset, "status"), ==, "processing");
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (asset, "job"), "state"), ==,
      "queued");
  json_object_unref (
      server_expect (s.world, 409, "POST /api/upload/complete", s.token, NULL, complete));
  g_free (complete);
  complete = g_strdup_printf ("{\"assetId\":\"%s\",\"status\":\"error\",\"errorMessage\":\"no\"}",
                              s.asset);
  given_up = server_expect (s.world, 200, "POST /api/upload/complete", s.token, NULL, complete);
  g_assert_cmpstr (json_object_get_string_member (given_up, "status"), ==, "error");
  studio_clear (&s);
}

/* What a killed store leaves of a body that was on its way in. */
static char *
put_old_body (Studio *s)
{
  char *path = g_build_filename (s->world->folder, "spool", "body-AbCdEf", NULL);
  struct utimbuf long_ago = { 1, 1 };

  g_assert_true (g_file_set_contents (path, "half of some music", -1, NULL));
  g_assert_cmpint (g_utime (path, &long_ago), ==, 0);
  return path;
}

static char *
find_received (Studio *s, GmSql *sql)
{
  g_autoptr (GmUpload) upload = gm_sql_find (
      sql, &gm_upload_type, "SELECT * FROM uploads WHERE state = 'received'", NULL, 0, NULL);

  g_assert_nonnull (upload);
  return gm_upload_dup_path (s->world->service, upload->id);
}

/* How far another producer's music is, and why it failed, is nobody else's to know. */
static void
test_job (void)
{
  Studio s;
  GmSigner *producer = server_person (3);
  g_auto (GmWriter) writer = { 0 };
  g_autoptr (JsonObject) input = json_object_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  g_autofree char *id = NULL;
  g_autofree char *get = NULL;

  studio_init (&s);
  server_grant (s.world, "producer", producer);
  token = server_sign_in (s.world, producer);
  g_assert_true (gm_database_begin (s.world->service->database, &writer, &error));
  id = gm_job_enqueue (&writer, "publish", s.asset, input, &error);
  g_assert_no_error (error);
  g_assert_true (gm_database_commit (&writer, &error));

  get = g_strdup_printf ("GET /api/jobs/%s", id);
  json_object_unref (server_expect (s.world, 403, get, token, NULL, NULL));
  json_object_unref (server_expect (s.world, 200, get, s.token, NULL, NULL));
  gm_credential_signer_free (producer);
  studio_clear (&s);
}

/* Plaintext nobody processed is gone after a day, however much of it there is. */
static void
test_sweep (void)
{
  Studio s;
  g_auto (GmWriter) writer = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *key = NULL;
  g_autofree char *work = NULL;
  g_autofree char *file = NULL;
  g_autofree char *body = NULL;

  studio_init (&s);
  body = put_old_body (&s);
  g_assert_true (gm_database_begin (s.world->service->database, &writer, &error));
  gm_sql_run (writer.sql,
              "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)"
              " INSERT INTO uploads (id, address, filename, content_type, bytes, key, token_hash,"
              " state, created_at, expires_at) SELECT '!' || i, '', '', '', 1, '!' || i, '!' || i,"
              " 'signed', 0, 1 FROM n",
              NULL, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (gm_database_commit (&writer, &error));
  key = sign (&s, "a.flac", &path);
  g_assert_cmpuint (put (&s, path, s.token, "1234567890"), ==, 204);
  g_assert_true (gm_database_begin (s.world->service->database, &writer, &error));
  gm_sql_run (writer.sql, "UPDATE uploads SET expires_at = 1", NULL, 0, NULL, &error);
  g_assert_no_error (error);
  file = find_received (&s, writer.sql);
  g_assert_true (gm_database_commit (&writer, &error));
  work = g_strconcat (file, ".job", NULL);
  g_assert_cmpint (g_mkdir (work, 0700), ==, 0);

  g_assert_true (gm_upload_sweep (s.world->service, &error));
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (work, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (body, G_FILE_TEST_EXISTS));
  studio_clear (&s);
}

static guint
n_spooled (Studio *s)
{
  g_autofree char *path = g_build_filename (s->world->folder, "spool", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, "body-") || g_str_has_prefix (name, "upload-");
  return n;
}

/* Files that may not grow are a full disk, wherever the test runs. */
static void
test_full_disk (void)
{
  const gsize bytes = 4 * 1024 * 1024;
  g_autofree char *content = g_strnfill (bytes, 'x');
  g_autofree char *path = NULL;
  g_autofree char *key = NULL;
  g_autofree char *request = NULL;
  g_autoptr (GmRawAnswer) answer = NULL;
  struct rlimit old, full;
  gint64 until;
  Studio s;

  studio_init (&s);
  key = sign (&s, "song.flac", &path);
  request = g_strdup_printf ("PUT %s HTTP/1.1\r\nHost: store\r\nAuthorization: Bearer %s\r\n"
                             "Content-Type: audio/flac\r\nContent-Length: %" G_GSIZE_FORMAT
                             "\r\n\r\n%s",
                             path, s.token, bytes, content);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  full = old;
  full.rlim_cur = bytes / 2;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &full), ==, 0);
  answer = gm_raw_ask (s.world->port, request);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);

  g_test_message ("%s", answer->body);
  g_assert_cmpuint (answer->status, ==, 503);
  g_assert_nonnull (strstr (answer->body, "the disk is full. Free some space and try again"));
  until = g_get_monotonic_time () + 20 * G_TIME_SPAN_SECOND;
  while (n_spooled (&s) > 0) /* no part keeps it full; it goes once the answer is sent */
    g_assert_cmpint (g_get_monotonic_time (), <, until);
  g_assert_cmpuint (put (&s, path, s.token, "1234567890"), ==, 204); /* the same upload goes on */
  g_assert_cmpuint (n_spooled (&s), ==, 1);
  studio_clear (&s);
}

/* A job belongs to who claimed it last. */
static void
test_lease (void)
{
  Studio s;
  g_auto (GmWriter) writer = { 0 };
  g_autoptr (JsonObject) input = json_object_new ();
  g_autofree char *id = NULL;
  g_autoptr (GmJob) first = NULL;
  g_autoptr (GmJob) none = NULL;
  g_autoptr (GmJob) second = NULL;
  g_autoptr (GError) error = NULL;
  GmDatabase *database;

  studio_init (&s);
  database = s.world->service->database;
  g_assert_true (gm_database_begin (database, &writer, &error));
  id = gm_job_enqueue (&writer, "publish", s.asset, input, &error);
  g_assert_no_error (error);
  g_assert_true (gm_database_commit (&writer, &error));

  first = gm_job_claim (database, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first->id, ==, id);
  none = gm_job_claim (database, &error);
  g_assert_no_error (error);
  g_assert_null (none);
  g_assert_true (gm_job_report (database, first, "probe", 500, &error));

  g_assert_true (gm_database_begin (database, &writer, &error));
  gm_sql_run (writer.sql, "UPDATE jobs SET lease_until = 0", NULL, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (gm_database_commit (&writer, &error));
  second = gm_job_claim (database, &error);
  g_assert_no_error (error);
  g_assert_cmpint (second->lease, ==, first->lease + 1);

  g_assert_false (gm_job_report (database, first, "probe", 600, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (gm_database_begin (database, &writer, &error));
  g_assert_false (gm_job_end (&writer, first, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (gm_job_end (&writer, second, NULL, &error));
  g_assert_true (gm_database_commit (&writer, &error));
  studio_clear (&s);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/upload-api/sign-has-limits", test_sign);
  g_test_add_func ("/upload-api/a-person-has-a-quota", test_quota);
  g_test_add_func ("/upload-api/sign-put-notify-complete", test_flow);
  g_test_add_func ("/upload-api/jobs-of-others-are-hidden", test_job);
  g_test_add_func ("/upload-api/old-plaintext-goes", test_sweep);
  g_test_add_func ("/upload-api/leases-fence", test_lease);
  g_test_add_func ("/upload-api/a-full-disk-is-said-and-left-clean", test_full_disk);
  return g_test_run ();
}
