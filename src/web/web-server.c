/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/web-server.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <sys/resource.h>

#include "base/error.h"
#include "base/gio-types.h"
#include "base/log.h"
#include "web/exchange.h"
#include "web/web-limits.h"

#define GRACE_SECONDS 5 /* for answers in work when the server stops */

struct _GmWebServer
{
  GmExchangeHub hub;
  struct MHD_Daemon *daemon;
};

static void *
on_target (void *hub, const char *target, struct MHD_Connection *connection)
{
  return gm_exchange_new (hub, target);
}

static enum MHD_Result
on_step (void *hub,
         struct MHD_Connection *connection,
         const char *url,
         const char *method,
         const char *version,
         const char *piece,
         size_t *piece_bytes,
         void **exchange)
{
  return gm_exchange_step (*exchange, connection, (const char *[]){ method, version }, piece,
                           piece_bytes);
}

static void
on_completed (void *hub,
              struct MHD_Connection *connection,
              void **exchange,
              enum MHD_RequestTerminationCode why)
{
  g_clear_pointer ((GmExchange **) exchange, gm_exchange_free);
}

/* Paths and queries are decoded by us, once. */
static size_t
leave_escaped (void *hub, struct MHD_Connection *connection, char *text)
{
  return strlen (text);
}

static void on_library_words (void *hub, const char *format, va_list list) G_GNUC_PRINTF (2, 0);

static void
on_library_words (void *hub, const char *format, va_list list)
{
  g_autofree char *words = g_strdup_vprintf (format, list);

  gm_log (GM_LOG_DEBUG, "http library", "WORDS", g_strstrip (words), NULL);
}

/* Leaves descriptors for the database and for files being sent. */
static guint
connections_for_limit (guint wanted)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
    return wanted;
  return (guint) MIN ((guint64) wanted, MAX (limit.rlim_cur / 2, 16));
}

static gboolean
find_bind_address (const GmWebConfig *config, struct sockaddr_storage *out, GError **error)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (config->address,
                                                                              config->port);

  if (address == NULL)
    return gm_fail (error, GM_ERROR_BAD_DATA, "%s is not an address to listen on", config->address);
  return g_socket_address_to_native (address, out, sizeof *out, error);
}

static struct MHD_Daemon *
start_daemon (GmWebServer *self, struct sockaddr_storage *address)
{
  const GmWebConfig *config = &self->hub.config;
  guint flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO |
                MHD_USE_ERROR_LOG | MHD_USE_ITC;

  if (address->ss_family == AF_INET6)
    flags |= MHD_USE_IPv6;
  return MHD_start_daemon (flags, config->port, NULL, NULL, on_step,
                           &self->hub, /* the logger comes first */
                           MHD_OPTION_EXTERNAL_LOGGER, on_library_words, &self->hub,         /* */
                           MHD_OPTION_SOCK_ADDR, (struct sockaddr *) address,                /* */
                           MHD_OPTION_URI_LOG_CALLBACK, on_target, &self->hub,               /* */
                           MHD_OPTION_NOTIFY_COMPLETED, on_completed, &self->hub,            /* */
                           MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, &self->hub,          /* */
                           MHD_OPTION_STRICT_FOR_CLIENT, 1,                                  /* */
                           MHD_OPTION_LISTEN_BACKLOG_SIZE, 1024u,                            /* */
                           MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t) GM_LIMIT_POOL_BYTES, /* */
                           MHD_OPTION_CONNECTION_LIMIT, config->connections,                 /* */
                           MHD_OPTION_CONNECTION_TIMEOUT, config->idle_seconds,              /* */
                           MHD_OPTION_END);
}

static void
fill_config (GmExchangeHub *hub, const GmWebConfig *config)
{
  GmWebConfig *filled = &hub->config;

  *filled = *config;
  filled->address = config->address != NULL ? config->address : "127.0.0.1";
  filled->threads = config->threads > 0 ? config->threads : GM_LIMIT_THREADS;
  filled->backlog = config->backlog > 0 ? config->backlog : GM_LIMIT_BACKLOG;
  filled->idle_seconds = config->idle_seconds > 0 ? config->idle_seconds : GM_LIMIT_IDLE_SECONDS;
  filled->connections = connections_for_limit (config->connections > 0 ? config->connections
                                                                       : GM_LIMIT_CONNECTIONS);
  hub->spool = g_strdup (config->spool);
}

static void
free_hub (GmWebServer *self)
{
  GmExchangeHub *hub = &self->hub;

  g_mutex_lock (&hub->lock);
  hub->closed = TRUE;
  g_mutex_unlock (&hub->lock);
  g_clear_pointer (&hub->waiting, gm_waiting_free);
  if (hub->pool != NULL)
    g_thread_pool_free (hub->pool, FALSE, TRUE);
  if (self->daemon != NULL)
    MHD_stop_daemon (self->daemon);
  gm_rate_free (hub->rate);
  g_object_unref (hub->cancellable);
  g_mutex_clear (&hub->lock);
  g_cond_clear (&hub->idle);
  g_free (hub->spool);
  g_free (self);
}

/* The library leaves the number of its last system call, which was bind() or listen(). */
static const char *
why_not_listening (int number)
{
  switch (number)
    {
    case EADDRINUSE: return "another program, perhaps another store, has that port; choose --port";
    case EADDRNOTAVAIL: return "this machine does not have that address";
    case EACCES: return "ports below 1024 are for the system; choose --port";
    default: return number != 0 ? g_strerror (number) : "the system does not say why";
    }
}

GmWebServer *
gm_web_server_start (const GmWebConfig *config, GError **error)
{
  GmWebServer *self = g_new0 (GmWebServer, 1);
  GmExchangeHub *hub = &self->hub;
  struct sockaddr_storage address;

  gm_gio_types_register ();
  fill_config (hub, config);
  g_mutex_init (&hub->lock);
  g_cond_init (&hub->idle);
  hub->cancellable = g_cancellable_new ();
  hub->rate = gm_rate_new ();
  hub->pool = g_thread_pool_new (gm_exchange_run, hub, (gint) hub->config.threads, TRUE, NULL);
  hub->waiting = gm_waiting_new (GM_LIMIT_WAITERS, gm_exchange_again, hub);

  if (!find_bind_address (&hub->config, &address, error))
    {
      free_hub (self);
      return NULL;
    }
  errno = 0;
  self->daemon = start_daemon (self, &address);
  if (self->daemon == NULL)
    {
      gm_error_set (error, GM_ERROR_CONFLICT, "cannot listen on %s port %u: %s",
                    hub->config.address, config->port, why_not_listening (errno));
      free_hub (self);
      return NULL;
    }
  return self;
}

guint16
gm_web_server_port (GmWebServer *self)
{
  const union MHD_DaemonInfo *info = MHD_get_daemon_info (self->daemon, MHD_DAEMON_INFO_BIND_PORT);

  return info != NULL ? info->port : 0;
}

void
gm_web_server_wake (GmWebServer *self)
{
  gm_waiting_wake (self->hub.waiting);
}

void
gm_web_server_stop (GmWebServer *self)
{
  GmExchangeHub *hub = &self->hub;
  gint64 until_us = g_get_monotonic_time () + GRACE_SECONDS * G_USEC_PER_SEC;
  MHD_socket listener = MHD_quiesce_daemon (self->daemon);

  if (listener != MHD_INVALID_SOCKET)
    close (listener);
  gm_waiting_close (hub->waiting);

  g_mutex_lock (&hub->lock);
  hub->closing = TRUE;
  while (hub->busy > 0 && g_cond_wait_until (&hub->idle, &hub->lock, until_us))
    ;
  g_mutex_unlock (&hub->lock);

  g_cancellable_cancel (hub->cancellable);
  free_hub (self);
}
