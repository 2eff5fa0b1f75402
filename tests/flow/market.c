/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "market.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "license-world.h"
#include "tests/media/sounds.h"

static const struct
{
  const char *name;
  const char *format;
  const char *tags;
  const char *title;
  GmSoundShape shape;
} pieces[MARKET_PIECES] = {
  { "tide.flac", "flac", "title=Tide,artist=Nadir", "Tide", gm_sound_sine },
  { "storm.wav", "wav", NULL, "storm", gm_sound_noise },
};

static char *
server_program (void)
{
  return g_build_filename (g_getenv ("GM_BUILD_DIR"), "src", "server", "gotmusic-server", NULL);
}

/* A test that fails leaves nothing running. */
static void
end_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

/* The store comes back to its port, so it is none that the system hands out to others meanwhile. */
static guint16
choose_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port;

  do
    port = (guint16) g_random_int_range (16384, 32768);
  while (!g_socket_listener_add_inet_port (listener, port, NULL, NULL));
  g_socket_listener_close (listener);
  return port;
}

void
market_start (Market *self)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *program = server_program ();
  g_autofree char *port = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;

  if (self->port == 0)
    self->port = choose_port ();
  port = g_strdup_printf ("%u", self->port);
  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);
  self->process = g_subprocess_launcher_spawn (launcher, &error, program, "--data", self->folder,
                                               "--port", port, "--pieces", "1", "--fast", "demo",
                                               NULL);
  g_assert_no_error (error);
  self->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  do
    {
      g_free (line);
      line = g_data_input_stream_read_line (self->lines, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_nonnull (line);
    }
  while (!g_str_has_prefix (line, "ready "));
  g_free (self->origin);
  self->origin = g_strdup (line + strlen ("ready "));
}

static void
end (Market *self, int signal)
{
  g_subprocess_send_signal (self->process, signal);
  g_assert_true (g_subprocess_wait (self->process, NULL, NULL));
  g_clear_object (&self->lines);
  g_clear_object (&self->process);
}

void
market_stop (Market *self)
{
  end (self, SIGTERM);
}

void
market_kill (Market *self)
{
  end (self, SIGKILL);
}

const char *
market_title (guint piece)
{
  return pieces[piece].title;
}

char *
market_piece_path (Market *self, guint piece)
{
  return g_build_filename (self->folder, "music", pieces[piece].name, NULL);
}

static void
import_music (Market *self)
{
  g_autofree char *music = g_build_filename (self->folder, "music", NULL);
  g_autofree char *program = server_program ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (music, 0700), ==, 0);
  for (guint i = 0; i < MARKET_PIECES; i++)
    {
      g_autofree char *path = market_piece_path (self, i);
      const GmSound sound = { .format = pieces[i].format,
                              .tags = pieces[i].tags,
                              .seconds = MARKET_SECONDS,
                              .shape = pieces[i].shape };

      gm_sound_write (path, &sound);
    }
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, "--data",
                              self->folder, "import", music, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
}

Market *
market_new (void)
{
  Market *self = g_new0 (Market, 1);

  gst_init (NULL, NULL);
  self->folder = g_dir_make_tmp ("gm-market-XXXXXX", NULL);
  market_start (self);
  import_music (self);
  return self;
}

void
market_free (Market *self)
{
  if (self->process != NULL)
    market_stop (self);
  gm_world_remove_folder (self->folder);
  g_free (self->origin);
  g_free (self->folder);
  g_free (self);
}
