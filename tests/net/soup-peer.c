/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "soup-peer.h"

#include <string.h>

struct _GmSoupPeer
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  SoupServer *server; /* NULL when raw */
  SoupServerCallback handler;
  gpointer user_data;

  GSocketService *service;
  GBytes *bytes;
  gboolean then_silence;
  GPtrArray *silent; /* connections kept open */

  guint port;
  GMutex lock;
  GCond started;
};

static void
start_soup (GmSoupPeer *self)
{
  g_autoptr (GSList) uris = NULL;

  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, self->handler, self->user_data, NULL);
  g_assert_true (soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (self->server);
  self->port = (guint) g_uri_get_port (uris->data);
  g_slist_foreach (uris, (GFunc) g_uri_unref, NULL);
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  GmSoupPeer *self = data;
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  char request[4096];

  g_input_stream_read (in, request, sizeof request, NULL, NULL);
  g_output_stream_write_all (out, g_bytes_get_data (self->bytes, NULL),
                             g_bytes_get_size (self->bytes), NULL, NULL, NULL);
  if (self->then_silence)
    g_ptr_array_add (self->silent, g_object_ref (connection));
  else
    g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return TRUE;
}

static void
start_raw (GmSoupPeer *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  self->service = g_socket_service_new ();
  g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address,
                                                G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                                &bound, NULL));
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  g_socket_service_start (self->service);
}

static gpointer
run (gpointer data)
{
  GmSoupPeer *self = data;

  g_main_context_push_thread_default (self->context);
  g_mutex_lock (&self->lock);
  if (self->bytes != NULL)
    start_raw (self);
  else
    start_soup (self);
  g_cond_signal (&self->started);
  g_mutex_unlock (&self->lock);

  g_main_loop_run (self->loop);

  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  if (self->service != NULL)
    g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static GmSoupPeer *
start (GmSoupPeer *self)
{
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->silent = g_ptr_array_new_with_free_func (g_object_unref);
  g_mutex_init (&self->lock);
  g_cond_init (&self->started);
  g_mutex_lock (&self->lock);
  self->thread = g_thread_new ("soup-peer", run, self);
  while (self->port == 0)
    g_cond_wait (&self->started, &self->lock);
  g_mutex_unlock (&self->lock);
  return self;
}

GmSoupPeer *
gm_soup_peer_new (SoupServerCallback handler, gpointer user_data)
{
  GmSoupPeer *self = g_new0 (GmSoupPeer, 1);

  self->handler = handler;
  self->user_data = user_data;
  return start (self);
}

GmSoupPeer *
gm_soup_peer_new_raw (const char *bytes, gssize length, gboolean then_silence)
{
  GmSoupPeer *self = g_new0 (GmSoupPeer, 1);

  self->bytes = g_bytes_new (bytes, length < 0 ? strlen (bytes) : (gsize) length);
  self->then_silence = then_silence;
  return start (self);
}

char *
gm_soup_peer_dup_url (GmSoupPeer *self, const char *path)
{
  return g_strdup_printf ("http://127.0.0.1:%u%s", self->port, path);
}

static gboolean
quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

void
gm_soup_peer_free (GmSoupPeer *self)
{
  if (self == NULL)
    return;

  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, quit, self->loop, NULL);
  g_thread_join (self->thread);
  g_ptr_array_unref (self->silent);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->started);
  g_free (self);
}

char *
gm_soup_peer_dup_dead_url (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_socket_listener_close (listener);
  return g_strdup_printf ("http://127.0.0.1:%u/", port);
}
