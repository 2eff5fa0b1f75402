/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/keynode-guard.h"

#include <signal.h>
#include <sys/prctl.h>

#include "base/error.h"
#include "base/log.h"

#define PROGRAM       "gotmusic-keynode"
#define AGAIN_MS      1000
#define AGAIN_MOST_MS 30000

typedef struct
{
  GmKeynodeGuard *guard;
  char *policy;
  GSubprocess *process; /* (nullable) */
  guint timer;
  guint wait_ms; /* doubled by each fall */
} Node;

struct _GmKeynodeGuard
{
  char *program;
  GPtrArray *nodes;
  GCancellable *cancellable;
};

/* Beside this program when installed, in the neighbor folder when built. */
static char *
find_program (GError **error)
{
  const char *told = g_getenv ("GM_KEYNODE");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (self != NULL ? self : ".");
  g_autofree char *beside = g_build_filename (folder, PROGRAM, NULL);
  g_autofree char *built = g_build_filename (folder, "..", "keynode", PROGRAM, NULL);
  g_autofree char *installed = g_build_filename (GM_BIN_DIR, PROGRAM, NULL);
  const char *const places[] = { told, beside, built, installed };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i] != NULL && g_file_test (places[i], G_FILE_TEST_IS_EXECUTABLE))
      return g_strdup (places[i]);
  return gm_fail_null (error, GM_ERROR_NOT_FOUND, PROGRAM " is not installed beside this program");
}

static void
end_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static void start_later (Node *node);

static void
on_ended (GObject *process, GAsyncResult *answer, gpointer data)
{
  g_autoptr (GError) problem = NULL;
  Node *node;

  if (!g_subprocess_wait_finish (G_SUBPROCESS (process), answer, &problem))
    return; /* cancelled: the guard is gone */
  node = data;
  gm_log (GM_LOG_WARNING, "key node ended", "POLICY", node->policy, NULL);
  g_clear_object (&node->process);
  start_later (node);
}

static gboolean
spawn (Node *node, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE);

  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);
  node->process = g_subprocess_launcher_spawn (launcher, error, node->guard->program, "--policy",
                                               node->policy, NULL);
  if (node->process == NULL)
    {
      gm_error_adopt (error);
      return FALSE;
    }
  return TRUE;
}

static void
watch (Node *node)
{
  g_subprocess_wait_async (node->process, node->guard->cancellable, on_ended, node);
}

/* Blocks until it listens: then it says a line. */
static gboolean
start (Node *node, GError **error)
{
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *line = NULL;

  if (!spawn (node, error))
    return FALSE;
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (node->process));
  line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  if (line == NULL)
    {
      g_subprocess_wait (node->process, NULL, NULL);
      g_clear_object (&node->process);
      return gm_fail (error, GM_ERROR_REMOTE, "the key node of %s does not start", node->policy);
    }
  watch (node);
  return TRUE;
}

/* On the main loop, so its line is not waited for: one that does not start ends, and one that
 * hangs is no reason to hang with it. */
static gboolean
on_timer (gpointer data)
{
  Node *node = data;
  g_autoptr (GError) problem = NULL;

  node->timer = 0;
  if (spawn (node, &problem))
    watch (node);
  else
    {
      gm_log (GM_LOG_ERROR, "key node", "ERROR", problem->message, NULL);
      start_later (node);
    }
  return G_SOURCE_REMOVE;
}

static void
start_later (Node *node)
{
  node->timer = g_timeout_add (node->wait_ms, on_timer, node);
  node->wait_ms = MIN (node->wait_ms * 2, AGAIN_MOST_MS);
}

static void
node_free (Node *node)
{
  if (node->timer != 0)
    g_source_remove (node->timer);
  if (node->process != NULL)
    {
      g_subprocess_send_signal (node->process, SIGTERM);
      g_subprocess_wait (node->process, NULL, NULL);
      g_object_unref (node->process);
    }
  g_free (node->policy);
  g_free (node);
}

GmKeynodeGuard *
gm_keynode_guard_start (const char *const *policies, GError **error)
{
  g_autoptr (GmKeynodeGuard) self = g_new0 (GmKeynodeGuard, 1);

  self->cancellable = g_cancellable_new ();
  self->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) node_free);
  self->program = find_program (error);
  if (self->program == NULL)
    return NULL;
  for (guint i = 0; policies[i] != NULL; i++)
    {
      Node *node = g_new0 (Node, 1);

      node->guard = self;
      node->policy = g_strdup (policies[i]);
      node->wait_ms = AGAIN_MS;
      g_ptr_array_add (self->nodes, node);
      if (!start (node, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

void
gm_keynode_guard_stop (GmKeynodeGuard *self)
{
  g_cancellable_cancel (self->cancellable);
  g_ptr_array_unref (self->nodes);
  g_object_unref (self->cancellable);
  g_free (self->program);
  g_free (self);
}
