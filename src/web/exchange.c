/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/exchange.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/durable.h"
#include "base/error.h"
#include "base/log.h"
#include "web/answer.h"
#include "web/intake.h"
#include "web/problem.h"
#include "web/web-limits.h"

typedef enum
{
  STAGE_NEW,      /* the head is not there yet */
  STAGE_ADMIT,    /* on the pool: may the body come? */
  STAGE_BODY,     /* waiting for the body, or its end */
  STAGE_RUN,      /* on the pool: the handler */
  STAGE_ANSWERED, /* the answer is on its way */
} Stage;

struct _GmExchange
{
  GmExchangeHub *hub;
  char *target;
  struct MHD_Connection *connection;
  Stage stage;
  GmIntake intake;
  gboolean admitted;
  gboolean busy; /* counted in the hub */
  GByteArray *received;
  int spool_fd;
  guint64 received_bytes;
  GmReply *reply; /* (nullable) */
  gint64 wait_until_us;
  gint64 began_us;
};

GmExchange *
gm_exchange_new (GmExchangeHub *hub, const char *target)
{
  GmExchange *self = g_new0 (GmExchange, 1);

  self->hub = hub;
  self->target = g_strdup (target);
  self->spool_fd = -1;
  return self;
}

static void
leave (GmExchange *self)
{
  GmExchangeHub *hub = self->hub;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&hub->lock);

  if (!self->busy)
    return;
  self->busy = FALSE;
  hub->busy--;
  if (hub->busy == 0)
    g_cond_broadcast (&hub->idle);
}

/* NULL, or why not. Under the lock as a whole: once a stop was begun, no connection is suspended
 * for a pool that goes away. */
static const char *
enter (GmExchange *self, Stage stage)
{
  GmExchangeHub *hub = self->hub;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&hub->lock);

  if (hub->closed || (hub->closing && !self->busy))
    return "the server stops; try again in a moment";
  if (g_thread_pool_unprocessed (hub->pool) >= hub->config.backlog)
    return "the server is busy; try again in a moment";
  if (!self->busy)
    hub->busy++;
  self->busy = TRUE;
  self->stage = stage;
  MHD_suspend_connection (self->connection);
  g_thread_pool_push (hub->pool, self, NULL);
  return NULL;
}

static void
log_request (GmExchange *self)
{
  g_autofree char *status = g_strdup_printf ("%u", self->reply->status);
  g_autofree char *took_us = g_strdup_printf ("%" G_GINT64_FORMAT,
                                              g_get_monotonic_time () - self->began_us);
  const GmRoute *route = self->intake.route;

  gm_log (self->reply->status >= 500 ? GM_LOG_WARNING : GM_LOG_DEBUG, "request", "METHOD",
          self->intake.request->method, "ROUTE", route != NULL ? route->path : NULL, "STATUS",
          status, "TOOK_US", took_us, "REQUEST_ID", self->intake.request->request_id, NULL);
}

void
gm_exchange_free (GmExchange *self)
{
  leave (self);
  if (self->spool_fd >= 0)
    close (self->spool_fd);
  if (self->intake.request != NULL && self->intake.request->body_path != NULL)
    g_unlink (self->intake.request->body_path); /* nobody took it */
  g_clear_pointer (&self->intake.request, gm_request_free);
  g_clear_pointer (&self->received, g_byte_array_unref);
  g_clear_pointer (&self->reply, gm_reply_free);
  g_free (self->target);
  g_free (self);
}

static enum MHD_Result
send_reply (GmExchange *self)
{
  self->stage = STAGE_ANSWERED;
  log_request (self);
  return gm_answer_queue (self->connection, self->intake.request, self->reply);
}

/* Hands the connection to the pool, or answers 503. */
static enum MHD_Result
submit (GmExchange *self, Stage stage)
{
  const char *refusal = enter (self, stage);

  if (refusal == NULL)
    return MHD_YES;
  self->reply = gm_problem_new (503, "%s", refusal);
  return send_reply (self);
}

static GmReply *
check_rate (GmExchange *self)
{
  const GmRoute *route = self->intake.route;
  GmReply *reply;
  g_autofree char *seconds = NULL;
  guint retry_s, row;

  if (route->per_minute == 0)
    return NULL;
  row = (guint) (route - self->hub->config.routes);
  if (gm_rate_take (self->hub->rate, row, self->intake.request->client, route->per_minute,
                    &retry_s))
    return NULL;
  reply = gm_problem_new (429, "too many requests of this kind; try again in %u s", retry_s);
  seconds = g_strdup_printf ("%u", retry_s);
  gm_reply_set_header (reply, "Retry-After", seconds);
  return reply;
}

static guint64
most_bytes (GmExchange *self)
{
  const GmRoute *route = self->intake.route;

  return route->max_body > 0 ? route->max_body : GM_LIMIT_BODY_BYTES;
}

static enum MHD_Result
take_head (GmExchange *self, const char *start[2])
{
  GmExchangeHub *hub = self->hub;

  self->began_us = g_get_monotonic_time ();
  self->reply = gm_intake_read (&self->intake, self->connection, self->target, start,
                                hub->config.routes, hub->config.n_routes);
  self->intake.request->context = hub->config.context;
  self->intake.request->may_wait = TRUE;
  if (self->reply == NULL)
    self->reply = check_rate (self);

  self->stage = STAGE_BODY;
  if (!self->intake.framing.has_body)
    return MHD_YES; /* called again at the end of the request; answering now would close */
  if (self->reply != NULL)
    return send_reply (self);
  return submit (self, STAGE_ADMIT);
}

static gboolean
open_spool (GmExchange *self)
{
  g_autofree char *path = g_build_filename (self->hub->spool, "body-XXXXXX", NULL);

  self->spool_fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  if (self->spool_fd < 0)
    return FALSE;
  self->intake.request->body_path = g_steal_pointer (&path);
  return TRUE;
}

static gboolean
write_all (int fd, const char *data, gsize length)
{
  while (length > 0)
    {
      ssize_t written = write (fd, data, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return FALSE;
      data += written;
      length -= (gsize) written;
    }
  return TRUE;
}

static GmReply *
cannot_store (int number)
{
  g_autoptr (GError) error = NULL;

  gm_durable_set_errno (&error, number, "keep", "upload");
  return gm_problem_new (503, "%s", error->message);
}

/* Only a chunked body gets here over its limit: it is read to its end, at most twice the limit, to
 * be answered 413. */
static enum MHD_Result
take_piece (GmExchange *self, const char *piece, gsize length)
{
  gboolean to_file = (self->intake.route->flags & GM_ROUTE_BODY_FILE) != 0;

  self->received_bytes += length;
  if (self->received_bytes > 2 * most_bytes (self))
    return MHD_NO;
  if (self->reply != NULL)
    return MHD_YES;
  if (self->received_bytes > most_bytes (self))
    {
      self->reply = gm_problem_new (413, "the body is larger than %" G_GUINT64_FORMAT " bytes",
                                    most_bytes (self));
      return MHD_YES;
    }
  if (!to_file)
    {
      if (self->received == NULL)
        self->received = g_byte_array_new ();
      g_byte_array_append (self->received, (const guint8 *) piece, (guint) length);
    }
  else if ((self->spool_fd < 0 && !open_spool (self)) || !write_all (self->spool_fd, piece, length))
    self->reply = cannot_store (errno);
  return MHD_YES;
}

static enum MHD_Result
take_end (GmExchange *self)
{
  if (self->reply != NULL)
    return send_reply (self);
  if (self->received != NULL)
    self->intake.request->body = g_byte_array_free_to_bytes (g_steal_pointer (&self->received));
  if (self->spool_fd >= 0)
    {
      close (self->spool_fd);
      self->spool_fd = -1;
    }
  return submit (self, STAGE_RUN);
}

enum MHD_Result
gm_exchange_step (GmExchange *self,
                  struct MHD_Connection *connection,
                  const char *start[2],
                  const char *piece,
                  size_t *piece_bytes)
{
  gsize length = *piece_bytes;

  self->connection = connection;
  switch (self->stage)
    {
    case STAGE_NEW: return take_head (self, start);
    case STAGE_ADMIT: /* resumed */
      self->stage = STAGE_BODY;
      return self->reply != NULL ? send_reply (self) : MHD_YES;
    case STAGE_BODY:
      *piece_bytes = 0;
      return length > 0 ? take_piece (self, piece, length) : take_end (self);
    case STAGE_RUN: return send_reply (self); /* resumed */
    case STAGE_ANSWERED: return MHD_YES;
    default: return MHD_NO;
    }
}

static GmReply *
check_type (GmExchange *self)
{
  const GmRoute *route = self->intake.route;
  const char *type = gm_request_header (self->intake.request, "content-type");
  gsize length = type != NULL ? strcspn (type, "; \t") : 0;

  if (!self->intake.framing.has_body ||
      (route->flags & (GM_ROUTE_BODY_ANY | GM_ROUTE_BODY_FILE)) != 0)
    return NULL;
  if (length != strlen ("application/json") ||
      g_ascii_strncasecmp (type, "application/json", length) != 0)
    return gm_problem_new (415, "the body must be application/json");
  return NULL;
}

/* The first checks of PROTOCOLS A12: who asks (401, 403), then how much (413), then what (415). */
static GmReply *
admit (GmExchange *self)
{
  GmExchangeHub *hub = self->hub;
  GmRequest *request = self->intake.request;
  const GmRoute *route = self->intake.route;
  g_autoptr (GError) error = NULL;

  self->admitted = TRUE;
  if (hub->config.admit != NULL && !hub->config.admit (request, &error))
    return gm_error_is (error, GM_ERROR_DENIED) ? gm_problem_new (401, "%s", error->message)
                                                : gm_problem_from_error (error);
  if (!gm_request_has_role (request, route->roles))
    return request->principal.address == NULL
               ? gm_problem_new (401, "sign in first")
               : gm_problem_new (403, "this needs a role that you do not have");
  if (self->intake.framing.length > most_bytes (self))
    return gm_problem_new (413, "the body is larger than %" G_GUINT64_FORMAT " bytes",
                           most_bytes (self));
  return check_type (self);
}

static GmReply *
call_handler (GmExchange *self)
{
  GmRequest *request = self->intake.request;
  g_autoptr (GError) error = NULL;
  GmReply *reply;

  gm_log_set_request_id (request->request_id);
  reply = self->intake.route->handler (request, self->hub->cancellable, &error);
  gm_log_set_request_id (NULL);
  if (reply != NULL)
    return reply;
  if (error == NULL || gm_problem_status (error) == 500)
    gm_log (GM_LOG_ERROR, "handler broke", "ROUTE", self->intake.route->path, "ERROR",
            error != NULL ? error->message : "no reply and no error", "REQUEST_ID",
            request->request_id, NULL);
  return error != NULL ? gm_problem_from_error (error) : gm_problem_new (500, "no answer");
}

/* FALSE while it stands in line: then it is not ours any more. */
static gboolean
find_reply (GmExchange *self)
{
  GmExchangeHub *hub = self->hub;

  for (;;)
    {
      guint generation = gm_waiting_generation (hub->waiting);
      g_autoptr (GmReply) reply = call_handler (self);

      if (reply->wait_ms == 0 || !self->intake.request->may_wait)
        {
          if (reply->wait_ms > 0)
            self->reply = gm_problem_new (503, "nothing came in time");
          else
            self->reply = g_steal_pointer (&reply);
          return TRUE;
        }
      if (self->wait_until_us == 0)
        self->wait_until_us = g_get_monotonic_time () + (gint64) reply->wait_ms * 1000;
      switch (gm_waiting_join (hub->waiting, self, generation, self->wait_until_us))
        {
        case GM_WAITING_IN_LINE: return FALSE;
        case GM_WAITING_OVER: self->intake.request->may_wait = FALSE; break;
        case GM_WAITING_CHANGED:
        default: break;
        }
    }
}

void
gm_exchange_run (gpointer exchange, gpointer hub)
{
  GmExchange *self = exchange;

  if (!self->admitted)
    self->reply = admit (self);
  if (self->reply == NULL && self->stage == STAGE_RUN && !find_reply (self))
    return;
  MHD_resume_connection (self->connection);
}

void
gm_exchange_again (gpointer exchange, gboolean time_is_over, gpointer hub)
{
  GmExchange *self = exchange;

  if (time_is_over)
    self->intake.request->may_wait = FALSE;
  g_thread_pool_push (self->hub->pool, self, NULL);
}
