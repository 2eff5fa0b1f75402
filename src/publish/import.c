/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/import.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "media/container.h"
#include "media/tag-text.h"

#define LOCK_POLL_MS 200
#define SURE         50 /* percent: a measured tempo or key is worth writing down */

typedef struct
{
  const GmImportAsk *ask;
  GmImportSink *sink;
  GmImportSummary *summary;
  GCancellable *cancellable;
  guint seen;
} Import;

void
gm_import_item_free (GmImportItem *item)
{
  if (item == NULL)
    return;

  g_free (item->title);
  g_free (item->artist);
  g_free (item->genre);
  g_free (item->mood);
  g_free (item->description);
  g_free (item->key_sig);
  g_free (item);
}

static char *
first_of (const char *a, const char *b, const char *c)
{
  return g_strdup (a != NULL ? a : b != NULL ? b : c);
}

GmImportItem *
gm_import_item_new (const GmImportAsk *ask, const GmPublication *publication, const char *name)
{
  const GmProbe *probe = publication->probe;
  const GmMeasure *measure = publication->measure;
  GmImportItem *item = g_new0 (GmImportItem, 1);
  g_autofree char *artist = NULL;
  g_autofree char *title = NULL;

  gm_tag_text_from_name (name, &artist, &title);
  item->title = first_of (probe->title, title, probe->extension);
  item->artist = first_of (probe->artist, artist, ask->artist);
  item->genre = first_of (probe->genre, ask->genre, NULL);
  item->mood = g_strdup (probe->mood);
  item->description = g_strdup (probe->comment);
  item->key_sig = first_of (probe->key_sig,
                            measure->key_confidence >= SURE ? measure->key_sig : NULL, NULL);
  item->bpm = probe->bpm;
  if (item->bpm == 0 && measure->bpm_confidence >= SURE)
    item->bpm = (measure->centi_bpm + 50) / 100;

  item->price = ask->price;
  if (probe->price != NULL)
    gm_money_parse (probe->price, ask->price.currency->code, &item->price, NULL);

  return item;
}

static void
report (Import *self, GmImportEvent event, const char *path, const char *reason)
{
  const char *relative = path + strlen (self->ask->folder);
  g_autofree char *display = NULL;
  g_autofree char *name = NULL;

  relative += strspn (relative, "/");
  display = g_filename_display_name (relative);
  name = gm_tag_text_clean (display, GM_TAG_TEXT_MAX_CHARS);
  self->summary->added += event == GM_IMPORT_ADDED;
  self->summary->duplicates += event == GM_IMPORT_DUPLICATE;
  self->summary->failed += event == GM_IMPORT_FAILED;
  self->summary->ignored += event == GM_IMPORT_IGNORED;
  if (self->sink->report != NULL)
    self->sink->report (self->sink, event, name != NULL ? name : "?", reason);
}

static gboolean
is_called_sound (const char *path)
{
  static const char *const extensions[] = { ".wav", ".aif", ".aiff", ".flac", ".mp3",
                                            ".ogg", ".oga", ".opus", ".m4a",  ".aac" };
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    if (g_str_has_suffix (lower, extensions[i]))
      return TRUE;

  return FALSE;
}

/* Opened without following a link that came in the meantime. */
static gboolean
sniff (const char *path, GError **error)
{
  g_autofree guint8 *head = g_malloc (GM_CONTAINER_HEAD_BYTES);
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  GmContainerKind kind;
  gssize got;

  if (fd < 0)
    return gm_fail (error, GM_ERROR_DENIED, "the file cannot be read: %s", g_strerror (errno));
  got = read (fd, head, GM_CONTAINER_HEAD_BYTES);
  close (fd);
  if (got < 0)
    return gm_fail (error, GM_ERROR_OFFLINE, "the file cannot be read: %s", g_strerror (errno));

  return gm_container_sniff (head, (gsize) got, &kind, error);
}

static void
wait_a_moment (GCancellable *cancellable)
{
  GPollFD fd;
  guint n = g_cancellable_make_pollfd (cancellable, &fd) ? 1 : 0;

  g_poll (&fd, n, LOCK_POLL_MS);
  if (n == 1)
    g_cancellable_release_fd (cancellable);
}

/* Two imports at once would empty each other's job folder. One byte of spool/lock per master:
 * nothing is left behind, and the lock goes with its process. Answers what to close, or −1. */
static int
lock_job (Import *self, const GmHash *hash, GError **error)
{
  g_autofree char *path = g_build_filename (self->ask->spool, "lock", NULL);
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1 };
  int fd = -1;
  int problem = -1;

  memcpy (&lock.l_start, hash->b, sizeof lock.l_start);
  lock.l_start &= G_MAXINT64 >> 1;
  if (g_mkdir_with_parents (self->ask->spool, 0700) == 0)
    fd = open (path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  while (fd >= 0 && (problem = fcntl (fd, F_OFD_SETLK, &lock)) != 0 &&
         (errno == EAGAIN || errno == EACCES) && !g_cancellable_is_cancelled (self->cancellable))
    wait_a_moment (self->cancellable);
  if (problem == 0)
    return fd;
  if (!g_cancellable_set_error_if_cancelled (self->cancellable, error))
    gm_error_set (error, GM_ERROR_OFFLINE, "%s: %s", path, g_strerror (errno));
  else
    gm_error_adopt (error);
  if (fd >= 0)
    close (fd);
  return -1;
}

/* @error is never NULL here. */
static gboolean
publish (Import *self, const char *path, const char *sha256, GError **error)
{
  g_autofree char *directory = g_build_filename (self->ask->spool, sha256, NULL);
  GmPipelineJob job = { .preview_start_ms = GM_ANALYSIS_LOUDEST };
  g_autoptr (GmPublication) publication = NULL;
  g_autoptr (GmImportItem) item = NULL;

  if (!self->sink->begin (self->sink, sha256, &job, error))
    return FALSE;

  job.path = path;
  job.directory = directory;
  job.progress = self->sink->progress;
  publication = gm_pipeline_run (&job, self->cancellable, error);
  if (publication == NULL)
    {
      if (gm_error_is (*error, GM_ERROR_BAD_DATA)) /* trying again is pointless */
        gm_pipeline_forget (directory);
      return FALSE;
    }

  item = gm_import_item_new (self->ask, publication, path);
  if (!self->sink->add (self->sink, item, publication, error))
    return FALSE;

  gm_pipeline_forget (directory);
  return TRUE;
}

/* Again, now that it is locked: another import may have just ended it. */
static gboolean
publish_alone (Import *self,
               const char *path,
               const GmHash *hash,
               GmImportEvent *event,
               GError **error)
{
  g_autofree char *sha256 = gm_hash_dup_hex (hash);
  int lock = lock_job (self, hash, error);
  gboolean there, ok;

  if (lock < 0)
    return FALSE;
  there = self->sink->has (self->sink, sha256, error);
  if (there)
    *event = GM_IMPORT_DUPLICATE;
  ok = there || (*error == NULL && publish (self, path, sha256, error));
  close (lock);
  return ok;
}

static gboolean
take_file (Import *self, const char *path, GmImportEvent *event, GError **error)
{
  g_autofree char *sha256 = NULL;
  g_autoptr (GError) problem = NULL;
  GmHash hash;

  *event = GM_IMPORT_DUPLICATE;
  if (!gm_hash_file (path, &hash, error))
    return FALSE;

  sha256 = gm_hash_dup_hex (&hash);
  if (self->sink->has (self->sink, sha256, &problem))
    return TRUE;
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  *event = GM_IMPORT_ADDED;
  report (self, GM_IMPORT_STARTED, path, NULL);
  return publish_alone (self, path, &hash, event, error);
}

/* FALSE only when the whole import has to stop. */
static gboolean
visit_file (Import *self, const char *path, GError **error)
{
  g_autoptr (GError) problem = NULL;
  GmImportEvent event = GM_IMPORT_FAILED;

  if (!gm_probe_check_size (path, &problem) || !sniff (path, &problem))
    {
      report (self, is_called_sound (path) ? GM_IMPORT_FAILED : GM_IMPORT_IGNORED, path,
              problem->message);
      return TRUE;
    }
  if (take_file (self, path, &event, &problem))
    {
      report (self, event, path, NULL);
      return TRUE;
    }
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  report (self, GM_IMPORT_FAILED, path, problem->message);
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_folder (const char *path, GError **error)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (folder == NULL)
    {
      gm_error_adopt (error);
      return NULL;
    }

  while ((name = g_dir_read_name (folder)) != NULL)
    if (name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

static gboolean visit_folder (Import *self, const char *path, guint depth, GError **error);

static gboolean
visit (Import *self, const char *path, guint depth, GError **error)
{
  g_autoptr (GError) problem = NULL;
  GStatBuf info;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    {
      gm_error_adopt (error);
      return FALSE;
    }
  if (g_lstat (path, &info) != 0)
    return TRUE; /* it went away */
  if (S_ISREG (info.st_mode))
    return ++self->seen <= GM_IMPORT_MAX_FILES
               ? visit_file (self, path, error)
               : gm_fail (error, GM_ERROR_BAD_DATA, "the folder has more than %d files",
                          GM_IMPORT_MAX_FILES);
  if (!S_ISDIR (info.st_mode) || depth == GM_IMPORT_MAX_DEPTH)
    return TRUE;
  if (visit_folder (self, path, depth + 1, &problem))
    return TRUE;
  if (g_cancellable_is_cancelled (self->cancellable) || self->seen > GM_IMPORT_MAX_FILES)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  report (self, GM_IMPORT_FAILED, path, problem->message);
  return TRUE;
}

static gboolean
visit_folder (Import *self, const char *path, guint depth, GError **error)
{
  g_autoptr (GPtrArray) names = list_folder (path, error);

  if (names == NULL)
    return FALSE;

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *child = g_build_filename (path, g_ptr_array_index (names, i), NULL);

      if (!visit (self, child, depth, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
gm_import_run (const GmImportAsk *ask,
               GmImportSink *sink,
               GmImportSummary *summary,
               GCancellable *cancellable,
               GError **error)
{
  GmImportSummary counted = { 0 };
  Import self = { .ask = ask, .sink = sink, .summary = &counted, .cancellable = cancellable };
  gboolean walked = visit_folder (&self, ask->folder, 0, error);

  *summary = counted;
  return walked;
}
