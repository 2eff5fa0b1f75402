/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"

#define MAX_FIELDS 24

static GPrivate request_id = G_PRIVATE_INIT (g_free);
static GLogLevelFlags dropped; /* set once by gm_log_init() */

static const GLogLevelFlags glib_level[] = {
  [GM_LOG_DEBUG] = G_LOG_LEVEL_DEBUG,
  [GM_LOG_INFO] = G_LOG_LEVEL_INFO,
  [GM_LOG_WARNING] = G_LOG_LEVEL_WARNING,
  [GM_LOG_ERROR] = G_LOG_LEVEL_CRITICAL,
};

/* syslog(3) numbers, which journald uses */
static const char *
priority (GLogLevelFlags level)
{
  if (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL))
    return "3";
  if (level & G_LOG_LEVEL_WARNING)
    return "4";
  return level & G_LOG_LEVEL_DEBUG ? "7" : "6";
}

void
gm_log (GmLogLevel level, const char *message, ...)
{
  GLogField fields[MAX_FIELDS] = {
    { "MESSAGE", message, -1 },
    { "PRIORITY", priority (glib_level[level]), -1 },
    { "GLIB_DOMAIN", "gotmusic", -1 },
  };
  guint n = 3;
  const char *name;
  const char *id = g_private_get (&request_id);
  va_list arguments;

  if (id != NULL)
    fields[n++] = (GLogField){ "REQUEST_ID", id, -1 };

  va_start (arguments, message);
  while ((name = va_arg (arguments, const char *)) != NULL && n < MAX_FIELDS)
    {
      const char *value = va_arg (arguments, const char *);

      if (value != NULL)
        fields[n++] = (GLogField){ name, value, -1 };
    }
  va_end (arguments);

  g_log_structured_array (glib_level[level], fields, n);
}

void
gm_log_set_request_id (const char *id)
{
  g_private_replace (&request_id, g_strdup (id));
}

/* A field is text; a line that is not UTF-8 is escaped, never dropped. */
static void
add_field (JsonObject *line, const GLogField *field)
{
  g_autofree char *name = g_ascii_strdown (field->key, -1);
  g_autofree char *raw = field->length < 0 ? g_strdup (field->value)
                                           : g_strndup (field->value, (gsize) field->length);
  g_autofree char *text = g_utf8_make_valid (raw, -1);

  json_object_set_string_member (line, name, text);
}

static void
write_line (const GLogField *fields, gsize n_fields)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *time = gm_clock_format_iso (gm_clock_now_ms ());
  g_autofree char *text = NULL;
  JsonObject *line = json_object_new ();

  json_object_set_string_member (line, "time", time);
  for (gsize i = 0; i < n_fields; i++)
    if (!g_str_has_prefix (fields[i].key, "CODE_"))
      add_field (line, &fields[i]);
  json_node_take_object (node, line);

  text = json_to_string (node, FALSE);
  fprintf (stderr, "%s\n", text);
}

static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  if (level & dropped)
    return G_LOG_WRITER_HANDLED;
  if (g_log_writer_is_journald (fileno (stderr)) &&
      g_log_writer_journald (level, fields, n_fields, NULL) == G_LOG_WRITER_HANDLED)
    return G_LOG_WRITER_HANDLED;

  write_line (fields, n_fields);
  return G_LOG_WRITER_HANDLED;
}

void
gm_log_init (const char *program, GmLogLevel least)
{
  g_set_prgname (program);
  if (least > GM_LOG_DEBUG)
    dropped |= G_LOG_LEVEL_DEBUG;
  if (least > GM_LOG_INFO)
    dropped |= G_LOG_LEVEL_INFO | G_LOG_LEVEL_MESSAGE;
  if (least > GM_LOG_WARNING)
    dropped |= G_LOG_LEVEL_WARNING;
  g_log_set_writer_func (write_log, NULL, NULL);
}
