/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "net/http-session.h"
#include "net/http-words.h"

#define READ_BYTES        (64 * 1024)
#define MAX_PROBLEM_BYTES (64 * 1024)

typedef struct
{
  const GmHttpAsk *ask;
  const char *path;
  int file;
  guint64 done;  /* bytes in the file */
  guint64 total; /* 0: not told */
  GmHttpProgress progress;
  gpointer user_data;
} Download;

static gboolean
fail_errno (GError **error, const char *path)
{
  int number = errno;
  g_autofree char *name = g_path_get_basename (path);

  if (number == ENOSPC || number == EDQUOT || number == EFBIG)
    return gm_fail (error, GM_ERROR_OFFLINE,
                    _ ("“%s”: the disk is full. What has arrived is kept; free some space"), name);
  return gm_fail (error, number == EACCES || number == EROFS ? GM_ERROR_DENIED : GM_ERROR_OFFLINE,
                  "“%s”: %s", name, g_strerror (number));
}

static gboolean
open_part (Download *download, GError **error)
{
  struct stat status;

  download->file = open (download->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW,
                         0600);
  if (download->file < 0 || fstat (download->file, &status) < 0)
    return fail_errno (error, download->path);

  download->done = (guint64) status.st_size;
  return TRUE;
}

static gboolean
write_all (Download *download, const guint8 *data, gsize length, GError **error)
{
  while (length > 0)
    {
      gssize n = write (download->file, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail_errno (error, download->path);
      data += n;
      length -= (gsize) n;
      download->done += (guint64) n;
    }

  return TRUE;
}

static gboolean
copy_body (Download *download, GInputStream *from, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *buffer = g_malloc (READ_BYTES);
  const guint64 max_bytes = download->ask->max_bytes;
  GError *failure = NULL;
  gssize n;

  while ((n = g_input_stream_read (from, buffer, READ_BYTES, cancellable, &failure)) > 0)
    {
      if (max_bytes != 0 && (guint64) n > max_bytes - MIN (max_bytes, download->done))
        return gm_fail (error, GM_ERROR_REMOTE,
                        _ ("the file has more than %" PRIu64 " bytes"), max_bytes);
      if (!write_all (download, buffer, (gsize) n, error))
        return FALSE;
      if (download->progress != NULL)
        download->progress (download->done, download->total, download->user_data);
    }

  if (n == 0)
    return TRUE;
  gm_http_words_adopt (&failure, download->ask->url);
  g_propagate_error (error, failure);
  return FALSE;
}

/* The whole file from its first byte: what was there belongs to another one. */
static gboolean
start_over (Download *download, SoupMessageHeaders *headers, GError **error)
{
  goffset length = soup_message_headers_get_content_length (headers);

  if (ftruncate (download->file, 0) < 0)
    return fail_errno (error, download->path);

  download->done = 0;
  download->total = length > 0 ? (guint64) length : 0;
  return TRUE;
}

static gboolean
go_on (Download *download, SoupMessageHeaders *headers, GError **error)
{
  goffset start, end, total;

  if (!soup_message_headers_get_content_range (headers, &start, &end, &total) ||
      (guint64) start != download->done)
    return gm_fail (error, GM_ERROR_REMOTE, _ ("the server sent another part than was asked for"));

  download->total = total > 0 ? (guint64) total : 0;
  return TRUE;
}

/* 416 to a question that starts at the end: all of it is here. Servers may tell the size, a star
 * for the range and then the total; else only the caller's own idea of it is left. */
static gboolean
is_whole (Download *download, SoupMessageHeaders *headers)
{
  const char *range = soup_message_headers_get_one (headers, "Content-Range");
  guint64 total = download->ask->max_bytes;

  if (range != NULL && !(g_str_has_prefix (range, "bytes */") &&
                         g_ascii_string_to_unsigned (range + 8, 10, 0, G_MAXUINT64, &total, NULL)))
    return FALSE;
  return total != 0 && total == download->done;
}

static gboolean
fail_status (Download *download,
             SoupMessage *message,
             GInputStream *from,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GBytes) body = g_input_stream_read_bytes (from, MAX_PROBLEM_BYTES, cancellable, NULL);
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const GmHttpAnswer answer = {
    .status = soup_message_get_status (message),
    .body = body,
    .content_type = body != NULL ? (char *) soup_message_headers_get_content_type (headers, NULL)
                                 : NULL,
  };

  gm_http_words_set_error (error, download->ask->url, &answer);
  return FALSE;
}

/* None of our files is a web page: it is a portal's, or a proxy's, that stands in the way. */
static gboolean
is_no_page (SoupMessageHeaders *headers, GError **error)
{
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  if (type == NULL || g_ascii_strcasecmp (type, "text/html") != 0)
    return TRUE;
  return gm_fail (error, GM_ERROR_REMOTE,
                  _ ("the answer is a web page, not a file: is this the right address?"));
}

static gboolean
fetch (Download *download, GmHttp *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GInputStream) from = gm_http_session_send (
      self, download->ask, (gint64) download->done, &message, cancellable, error);
  SoupMessageHeaders *headers;
  guint status;

  if (from == NULL)
    return FALSE;

  headers = soup_message_get_response_headers (message);
  status = soup_message_get_status (message);
  if (status == SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE && is_whole (download, headers))
    return TRUE;
  if (status < 200 || status > 299)
    return fail_status (download, message, from, cancellable, error);
  if (!is_no_page (headers, error))
    return FALSE;
  if (!(status == SOUP_STATUS_PARTIAL_CONTENT ? go_on (download, headers, error)
                                              : start_over (download, headers, error)) ||
      !copy_body (download, from, cancellable, error))
    return FALSE;

  return fsync (download->file) == 0 || fail_errno (error, download->path);
}

gboolean
gm_http_download (GmHttp *self,
                  const GmHttpAsk *ask,
                  const char *path,
                  GmHttpProgress progress,
                  gpointer user_data,
                  GCancellable *cancellable,
                  GError **error)
{
  Download download = { .ask = ask, .path = path, .progress = progress, .user_data = user_data };
  gboolean good = open_part (&download, error) && fetch (&download, self, cancellable, error);

  if (download.file >= 0)
    close (download.file);
  return good;
}
