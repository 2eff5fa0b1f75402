/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/decode-process.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/json.h"
#include "config.h"
#include "media/decode-child.h"

#define PROGRAM_NAME     "gotmusic-decode"
#define WALL_SECONDS     1800 /* for one file; the processor limit is the child's own */
#define LINE_MAX_BYTES   256
#define EXIT_POLL_MS     10
#define EXIT_POLL_TRIES  200
#define MAX_REASON_CHARS 500

typedef struct
{
  GSubprocess *process;
  GmAnalysisProgress progress;
  gpointer user_data;
  GCancellable *cancellable;
  gint64 deadline; /* monotonic, µs */
  char line[LINE_MAX_BYTES];
  gsize in_line;
  gboolean done; /* it said so */
} Child;

static void
child_clear (Child *child)
{
  if (child->process != NULL && g_subprocess_get_identifier (child->process) != NULL)
    {
      g_subprocess_force_exit (child->process);
      g_subprocess_wait (child->process, NULL, NULL);
    }
  g_clear_object (&child->process);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Child, child_clear)

/* Programs that run from the build folder find it there. */
static char *
program_beside (void)
{
  g_autofree char *ours = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = ours != NULL ? g_path_get_dirname (ours) : NULL;

  return folder != NULL ? g_build_filename (folder, "..", "media", PROGRAM_NAME, NULL) : NULL;
}

char *
gm_decode_process_program (void)
{
  const char *chosen = g_getenv ("GM_DECODE_PROGRAM");
  g_autofree char *installed = g_build_filename (GM_LIBEXEC_DIR, PROGRAM_NAME, NULL);
  g_autofree char *beside = program_beside ();

  if (chosen != NULL)
    return g_strdup (chosen);
  if (beside != NULL && g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);

  return g_steal_pointer (&installed);
}

/* Its own list of plugins: a child that was taken over must not be able to change ours. */
static char *
registry_directory (void)
{
  const char *ours = g_getenv ("GST_REGISTRY");
  g_autofree char *beside = ours != NULL ? g_path_get_dirname (ours) : NULL;

  return g_build_filename (beside != NULL ? beside : g_get_user_cache_dir (), "gotmusic-decode",
                           NULL);
}

static char **
clean_environment (const char *registry, const char *directory)
{
  static const char *const kept[] = {
    "GST_PLUGIN_PATH",        "GST_PLUGIN_SYSTEM_PATH", "GST_PLUGIN_SYSTEM_PATH_1_0",
    "GDK_PIXBUF_MODULE_FILE", "LD_LIBRARY_PATH",        GM_DECODE_UNCONFINED
  };
  char **env = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (g_getenv (kept[i]) != NULL)
      env = g_environ_setenv (env, kept[i], g_getenv (kept[i]), TRUE);

  env = g_environ_setenv (env, "PATH", "/usr/bin:/bin", TRUE);
  env = g_environ_setenv (env, "LC_ALL", "C.UTF-8", TRUE);
  env = g_environ_setenv (env, "HOME", directory, TRUE);
  env = g_environ_setenv (env, "TMPDIR", directory, TRUE);
  env = g_environ_setenv (env, "GST_REGISTRY", registry, TRUE);
  env = g_environ_setenv (env, "GST_REGISTRY_FORK", "no", TRUE);
  env = g_environ_setenv (env, "MALLOC_ARENA_MAX", "2", TRUE); /* arenas eat address space */
#ifdef __SANITIZE_ADDRESS__
  env = g_environ_setenv (env, "ASAN_OPTIONS", "detect_leaks=0", TRUE); /* it would ptrace */
#endif
  return env;
}

static GSubprocess *
spawn (const char *const *arguments, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *program = gm_decode_process_program ();
  g_autofree char *cache = registry_directory ();
  g_autofree char *registry = g_build_filename (cache, "registry.bin", NULL);
  g_auto (GStrv) env = clean_environment (registry, arguments[1]);
  GSubprocess *process;

  g_ptr_array_add (argv, program);
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);

  g_subprocess_launcher_set_environ (launcher, env);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, error);
  if (process == NULL && error != NULL)
    {
      (*error)->domain = GM_ERROR;
      (*error)->code = GM_ERROR_BUG;
      g_prefix_error (error, "the decoder cannot be started: ");
    }

  return process;
}

static void
end_line (Child *child)
{
  char *space;

  child->line[child->in_line] = '\0';
  child->in_line = 0;
  if (strcmp (child->line, "done") == 0)
    {
      child->done = TRUE;
      return;
    }

  space = strchr (child->line, ' ');
  if (space == NULL || child->progress == NULL)
    return;
  *space = '\0';
  child->progress (g_intern_string (child->line), CLAMP (g_ascii_strtod (space + 1, NULL), 0, 1),
                   child->user_data);
}

/* FALSE with @error set when the person or the clock says stop. */
static gboolean
wait_readable (Child *child, int fd, GError **error)
{
  GPollFD fds[2] = { { .fd = fd, .events = G_IO_IN | G_IO_HUP | G_IO_ERR } };
  guint n = 1;
  gint64 left = child->deadline - g_get_monotonic_time ();
  int ready;

  if (left <= 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "decoding took more than %d minutes",
                    WALL_SECONDS / 60);
  if (g_cancellable_make_pollfd (child->cancellable, &fds[1]))
    n = 2;
  ready = g_poll (fds, n, (gint) (MIN (left / 1000 + 1, G_MAXINT)));
  if (n == 2)
    g_cancellable_release_fd (child->cancellable);
  if (g_cancellable_set_error_if_cancelled (child->cancellable, error))
    {
      gm_error_adopt (error);
      return FALSE;
    }

  return ready > 0 || wait_readable (child, fd, error);
}

static gboolean
follow (Child *child, GError **error)
{
  int fd = g_unix_input_stream_get_fd (
      G_UNIX_INPUT_STREAM (g_subprocess_get_stdout_pipe (child->process)));

  while (!child->done)
    {
      char buffer[LINE_MAX_BYTES];
      gssize got;

      if (!wait_readable (child, fd, error))
        return FALSE;
      got = read (fd, buffer, sizeof buffer);
      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        return TRUE; /* it ended without a word: the exit status tells */

      for (gssize i = 0; i < got && !child->done; i++)
        {
          if (buffer[i] == '\n')
            end_line (child);
          else if (child->in_line < sizeof child->line - 1)
            child->line[child->in_line++] = buffer[i];
        }
    }

  return TRUE;
}

static gboolean
fail_with_exit (Child *child, GError **error)
{
  int signal_number;

  for (guint i = 0; i < EXIT_POLL_TRIES && g_subprocess_get_identifier (child->process) != NULL;
       i++)
    g_poll (NULL, 0, EXIT_POLL_MS);
  if (g_subprocess_get_identifier (child->process) != NULL)
    return gm_fail (error, GM_ERROR_BAD_DATA, "the decoder went silent on this file");

  if (g_subprocess_get_if_exited (child->process) &&
      g_subprocess_get_exit_status (child->process) == GM_DECODE_NO_ROOM)
    return gm_fail (error, GM_ERROR_OFFLINE,
                    "write what was found: the disk is full. Free some space and try again");
  if (!g_subprocess_get_if_signaled (child->process))
    return gm_fail (error, GM_ERROR_BUG, "the decoder ended with status %d",
                    g_subprocess_get_exit_status (child->process));

  signal_number = g_subprocess_get_term_sig (child->process);
  if (signal_number == SIGXCPU || signal_number == SIGKILL)
    return gm_fail (error, GM_ERROR_BAD_DATA, "decoding this file takes too much time");

  return gm_fail (error, GM_ERROR_BAD_DATA, "the decoder crashed on this file (%s)",
                  g_strsignal (signal_number));
}

char *
gm_decode_process_output (const char *directory, const char *name, gsize max_bytes, GError **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  struct stat info;

  if (lstat (path, &info) != 0 || !S_ISREG (info.st_mode) || info.st_nlink != 1)
    return gm_fail_null (error, GM_ERROR_BUG, "the decoder wrote no %s", name);
  if (info.st_size < 0 || (guint64) info.st_size > max_bytes)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "the decoder's %s is too large", name);

  return g_steal_pointer (&path);
}

static JsonObject *
load_result (const char *directory, GError **error)
{
  g_autofree char *path = gm_decode_process_output (directory, GM_DECODE_RESULT_NAME,
                                                    GM_DECODE_RESULT_MAX_BYTES, error);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonObject) result = NULL;
  char *text;
  gsize length;

  if (path == NULL)
    return NULL;
  if (!g_file_get_contents (path, &text, &length, error))
    {
      gm_error_adopt (error);
      return NULL;
    }

  bytes = g_bytes_new_take (text, length);
  result = gm_json_parse_object (bytes, GM_DECODE_RESULT_MAX_BYTES, error);
  if (result == NULL)
    return NULL;
  if (json_object_has_member (result, "message"))
    {
      gint64 code = GM_ERROR_BAD_DATA;
      const char *message = gm_json_text (result, "message", error);

      if (message == NULL || !gm_json_int (result, "code", &code, error))
        return NULL;
      return gm_fail_null (error, (GmErrorCode) CLAMP (code, 0, GM_ERROR_BUG), "%.*s",
                           MAX_REASON_CHARS, message);
    }

  return g_steal_pointer (&result);
}

static JsonObject *
follow_child (const char *const *arguments,
              GmAnalysisProgress progress,
              gpointer user_data,
              GCancellable *cancellable,
              GError **error)
{
  g_auto (Child) child = {
    .progress = progress,
    .user_data = user_data,
    .cancellable = cancellable,
    .deadline = g_get_monotonic_time () + WALL_SECONDS * G_USEC_PER_SEC,
  };

  child.process = spawn (arguments, error);
  if (child.process == NULL || !follow (&child, error))
    return NULL;
  if (!child.done)
    {
      fail_with_exit (&child, error);
      return NULL;
    }

  child_clear (&child); /* nothing changes the files from here on */
  return load_result (arguments[1], error);
}

/* The result is no output: it is gone when it is read. */
static JsonObject *
run_once (const char *const *arguments,
          GmAnalysisProgress progress,
          gpointer user_data,
          GCancellable *cancellable,
          GError **error)
{
  g_autofree char *path = g_build_filename (arguments[1], GM_DECODE_RESULT_NAME, NULL);
  JsonObject *result;

  unlink (path); /* of a run that was killed */
  result = follow_child (arguments, progress, user_data, cancellable, error);
  unlink (path);
  return result;
}

/* Once a process, without a foreign file: writing the list is what decoding children may not do. */
static gpointer
ensure_registry (gpointer data)
{
  g_autofree char *directory = registry_directory ();
  const char *const arguments[] = { "registry", directory, NULL };
  g_autoptr (JsonObject) result = NULL;

  if (g_mkdir_with_parents (directory, 0700) == 0)
    result = run_once (arguments, NULL, NULL, NULL, NULL);

  return NULL;
}

JsonObject *
gm_decode_process_run (const char *const *arguments,
                       GmAnalysisProgress progress,
                       gpointer user_data,
                       GCancellable *cancellable,
                       GError **error)
{
  static GOnce registry = G_ONCE_INIT;

  g_once (&registry, ensure_registry, NULL);
  return run_once (arguments, progress, user_data, cancellable, error);
}
