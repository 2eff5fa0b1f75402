/* oracle-lines.h - a program that answers JSON lines, so that other programs can compare.
 *
 * Reads {"ask": "<name>", …} and writes {"answer": …} or {"error": "…"} for each, in order.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/json.h"

#define ORACLE_MAX_LINE_BYTES (4 * 1024 * 1024)

typedef struct
{
  const char *name;
  JsonNode *(*answer) (JsonObject *ask, GError **error);
} OracleAnswer;

int oracle_lines_run (const OracleAnswer *answers, guint n); /* until stdin ends; for main() */

const char *oracle_lines_text (JsonObject *ask, const char *member); /* "" when it is not there */
JsonNode *oracle_lines_take_text (char *text);
JsonNode *oracle_lines_take_object (JsonObject *object);
