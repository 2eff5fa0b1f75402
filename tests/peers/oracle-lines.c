/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "oracle-lines.h"

#include <stdio.h>

#include "base/error.h"

const char *
oracle_lines_text (JsonObject *ask, const char *member)
{
  const char *text = gm_json_text (ask, member, NULL);

  return text != NULL ? text : "";
}

JsonNode *
oracle_lines_take_text (char *text)
{
  JsonNode *node = json_node_init_string (json_node_alloc (), text);

  g_free (text);
  return node;
}

JsonNode *
oracle_lines_take_object (JsonObject *object)
{
  JsonNode *node = json_node_init_object (json_node_alloc (), object);

  json_object_unref (object);
  return node;
}

static JsonNode *
answer (const OracleAnswer *answers, guint n, JsonObject *ask, GError **error)
{
  const char *name = oracle_lines_text (ask, "ask");

  for (guint i = 0; i < n; i++)
    if (g_str_equal (answers[i].name, name))
      return answers[i].answer (ask, error);

  return gm_fail_null (error, GM_ERROR_BAD_DATA, "no question: %s", name);
}

static void
answer_line (const OracleAnswer *answers, guint n, const char *line, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (line, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) ask = gm_json_parse_object (bytes, ORACLE_MAX_LINE_BYTES, &error);
  JsonNode *found = ask != NULL ? answer (answers, n, ask, &error) : NULL;
  g_autoptr (JsonNode) whole = oracle_lines_take_object (json_object_new ());
  g_autofree char *text = NULL;

  g_assert (found == NULL ? error != NULL : error == NULL);
  if (found != NULL)
    json_object_set_member (json_node_get_object (whole), "answer", found);
  else
    json_object_set_string_member (json_node_get_object (whole), "error", error->message);
  text = json_to_string (whole, FALSE);
  puts (text);
}

int
oracle_lines_run (const OracleAnswer *answers, guint n)
{
  g_autofree char *line = NULL;
  size_t room = 0;
  ssize_t length;

  setvbuf (stdout, NULL, _IOLBF, 0); /* who asks waits for each answer */
  while ((length = getline (&line, &room, stdin)) > 0)
    answer_line (answers, n, line, (gsize) length - (line[length - 1] == '\n'));
  return 0;
}
