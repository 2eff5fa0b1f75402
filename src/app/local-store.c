/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/local-store.h"

#include <glib/gi18n-lib.h>
#include <signal.h>
#include <sys/prctl.h>

#include "base/error.h"

#define PROGRAM  "gotmusic-server"
#define GRACE_MS 500 /* for its last words, once it has ended */

enum
{
  PROP_RUNNING = 1,
  PROP_FRACTION,
  PROP_TEXT,
  PROP_URL,
  PROP_ERROR,
  N_PROPS,
};

struct _GmLocalStore
{
  GObject parent;
  GmSettings *settings;
  char *program;        /* (nullable) path */
  GSubprocess *process; /* (nullable) */
  GCancellable *reading;
  guint grace;     /* source: it has ended, its last words may still come */
  gboolean silent; /* it closed where it complains */
  double fraction;
  char *text; /* (nullable) */
  char *url;  /* (nullable) */
  char *last; /* (nullable) what it last complained of */
  GError *error;
};

G_DEFINE_FINAL_TYPE (GmLocalStore, gm_local_store, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void read_next (GmLocalStore *self, GDataInputStream *lines, gboolean complaints);

static void
notify (GmLocalStore *self, guint id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
set_text (GmLocalStore *self, double fraction, const char *text)
{
  g_free (self->text);
  self->text = g_strdup (text);
  self->fraction = fraction;
  notify (self, PROP_TEXT);
  notify (self, PROP_FRACTION);
}

static void
set_url (GmLocalStore *self, const char *url)
{
  g_free (self->url);
  self->url = g_strdup (url);
  notify (self, PROP_URL);
}

static void
set_error (GmLocalStore *self, GError *take)
{
  g_clear_error (&self->error);
  self->error = take;
  notify (self, PROP_ERROR);
}

/* Beside us, in the build tree, where it is installed, or on the path. */
static char *
find_program (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup (GM_BIN_DIR);
  const char *const places[] = { folder, GM_BIN_DIR };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *beside = g_build_filename (places[i], PROGRAM, NULL);
      g_autofree char *built = g_build_filename (places[i], "..", "server", PROGRAM, NULL);

      if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&beside);
      if (g_file_test (built, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&built);
    }
  return g_find_program_in_path (PROGRAM);
}

static void
take_line (GmLocalStore *self, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 4);
  const guint n = g_strv_length (words);

  if (n == 2 && g_str_equal (words[0], "ready"))
    {
      g_object_set (self->settings, "demo-store", TRUE, NULL);
      set_text (self, 1, _ ("The demo store is open"));
      set_url (self, words[1]);
    }
  else if (n == 4 && g_str_equal (words[0], "progress"))
    {
      const double all = g_ascii_strtod (words[2], NULL);

      set_text (self, all > 0 ? CLAMP (g_ascii_strtod (words[1], NULL) / all, 0, 1) : -1, words[3]);
    }
}

/* Its last words, "gotmusic-server: the port is taken"; lines of its log are not for people. */
static void
take_complaint (GmLocalStore *self, const char *line)
{
  if (*line == '{')
    return;
  g_free (self->last);
  self->last = g_strdup (g_str_has_prefix (line, PROGRAM ": ") ? line + strlen (PROGRAM ": ")
                                                               : line);
}

/* Once it has ended and was heard out. */
static void
report_end (GmLocalStore *self)
{
  if (self->grace == 0)
    return;
  g_clear_handle_id (&self->grace, g_source_remove);
  set_error (self, g_error_new (GM_ERROR, GM_ERROR_REMOTE,
                                _ ("the demo store stopped: %s"),
                                   self->last != NULL ? self->last : _ ("it did not say why")));
}

static gboolean
on_grace (gpointer user_data)
{
  report_end (user_data);
  return G_SOURCE_REMOVE;
}

typedef struct
{
  GmLocalStore *self; /* not held: reading is canceled before it goes */
  gboolean complaints;
} Reader;

static void
line_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Reader *reader = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source),
                                                                     result, NULL, &error);

  if (line == NULL) /* its end, or ours */
    {
      if (error == NULL && reader->complaints)
        {
          reader->self->silent = TRUE;
          report_end (reader->self);
        }
      return;
    }
  if (reader->complaints)
    take_complaint (reader->self, line);
  else
    take_line (reader->self, line);
  read_next (reader->self, G_DATA_INPUT_STREAM (source), reader->complaints);
}

static void
read_next (GmLocalStore *self, GDataInputStream *lines, gboolean complaints)
{
  Reader *reader = g_new (Reader, 1);

  *reader = (Reader){ self, complaints };
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, self->reading, line_read, reader);
}

static void
read_pipe (GmLocalStore *self, GInputStream *pipe, gboolean complaints)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (pipe);

  read_next (self, lines, complaints);
}

static void
process_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GmLocalStore *self = user_data;

  if (!g_subprocess_wait_finish (G_SUBPROCESS (source), result, &error))
    return; /* canceled: we are gone, or it was stopped */
  g_clear_object (&self->process);
  set_text (self, -1, NULL);
  set_url (self, NULL);
  notify (self, PROP_RUNNING);
  self->grace = g_timeout_add (GRACE_MS, on_grace, self);
  if (self->silent)
    report_end (self);
}

/* Runs in the child between fork and exec. */
static void
die_with_us (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

void
gm_local_store_start (GmLocalStore *self)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (GM_IS_LOCAL_STORE (self) && self->program != NULL);

  if (self->process != NULL)
    return;
  set_error (self, NULL);
  g_clear_pointer (&self->last, g_free);
  g_clear_handle_id (&self->grace, g_source_remove);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->silent = FALSE;
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                        G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_set_child_setup (launcher, die_with_us, NULL, NULL);
  self->process = g_subprocess_launcher_spawn (launcher, &error, self->program, "demo", NULL);
  if (self->process == NULL)
    {
      set_error (self, gm_error_take (g_steal_pointer (&error)));
      return;
    }
  self->reading = g_cancellable_new ();
  set_text (self, -1, _ ("Starting the demo store…"));
  notify (self, PROP_RUNNING);
  read_pipe (self, g_subprocess_get_stdout_pipe (self->process), FALSE);
  read_pipe (self, g_subprocess_get_stderr_pipe (self->process), TRUE);
  g_subprocess_wait_async (self->process, self->reading, process_ended, self);
}

void
gm_local_store_stop (GmLocalStore *self)
{
  g_return_if_fail (GM_IS_LOCAL_STORE (self));

  if (self->process == NULL)
    return;
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_subprocess_send_signal (self->process, SIGTERM);
  g_clear_object (&self->process);
  set_text (self, -1, NULL);
  set_url (self, NULL);
  notify (self, PROP_RUNNING);
}

void
gm_local_store_resume (GmLocalStore *self)
{
  g_autofree char *url = gm_settings_dup_store_url (self->settings);
  gboolean ours;

  g_object_get (self->settings, "demo-store", &ours, NULL);
  if (ours && self->program != NULL && gm_local_store_is_loopback (url))
    gm_local_store_start (self);
}

gboolean
gm_local_store_is_available (GmLocalStore *self)
{
  g_return_val_if_fail (GM_IS_LOCAL_STORE (self), FALSE);
  return self->program != NULL;
}

gboolean
gm_local_store_is_loopback (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr (GInetAddress) address = NULL;

  if (host == NULL)
    return FALSE;
  address = g_inet_address_new_from_string (host);
  return address != NULL ? g_inet_address_get_is_loopback (address)
                         : g_ascii_strcasecmp (host, "localhost") == 0;
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmLocalStore *self = GM_LOCAL_STORE (object);

  switch (id)
    {
    case PROP_RUNNING: g_value_set_boolean (value, self->process != NULL); break;
    case PROP_FRACTION: g_value_set_double (value, self->fraction); break;
    case PROP_TEXT: g_value_set_string (value, self->text); break;
    case PROP_URL: g_value_set_string (value, self->url); break;
    case PROP_ERROR: g_value_set_boxed (value, self->error); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
finalize (GObject *object)
{
  GmLocalStore *self = GM_LOCAL_STORE (object);

  g_clear_handle_id (&self->grace, g_source_remove);
  if (self->reading != NULL) /* also of one that has ended */
    g_cancellable_cancel (self->reading);
  if (self->process != NULL)
    g_subprocess_send_signal (self->process, SIGTERM);
  g_clear_object (&self->reading);
  g_clear_object (&self->process);
  g_clear_object (&self->settings);
  g_clear_error (&self->error);
  g_free (self->program);
  g_free (self->text);
  g_free (self->url);
  g_free (self->last);
  G_OBJECT_CLASS (gm_local_store_parent_class)->finalize (object);
}

static void
gm_local_store_class_init (GmLocalStoreClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object->get_property = get_property;
  object->finalize = finalize;
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_URL] = g_param_spec_string ("url", NULL, NULL, NULL, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
}

static void
gm_local_store_init (GmLocalStore *self)
{
  self->program = find_program ();
  self->fraction = -1;
}

GmLocalStore *
gm_local_store_of (GmSession *session)
{
  GmLocalStore *self = g_object_get_data (G_OBJECT (session), "gm-local-store");

  if (self == NULL)
    {
      self = g_object_new (GM_TYPE_LOCAL_STORE, NULL);
      self->settings = g_object_ref (gm_session_get_settings (session));
      g_object_set_data_full (G_OBJECT (session), "gm-local-store", self, g_object_unref);
    }
  return self;
}
