/* value.h - one database value: what binds to a hole and what comes out of a column.
 *
 * A borrowed view: text and bytes live as long as the row or the record they came from.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GM_VALUE_NULL,
  GM_VALUE_INT,
  GM_VALUE_TEXT,
  GM_VALUE_BYTES,
} GmValueKind;

typedef struct
{
  GmValueKind kind;
  gint64 integer;
  const void *data; /* TEXT: NUL-terminated UTF-8 */
  gsize length;     /* TEXT: without the NUL */
} GmValue;

GmValue gm_value_null (void);
GmValue gm_value_int (gint64 integer);
GmValue gm_value_text (const char *text); /* NULL gives GM_VALUE_NULL */
GmValue gm_value_bytes (const void *data, gsize length);
GmValue gm_value_gbytes (GBytes *bytes); /* NULL gives GM_VALUE_NULL */

G_END_DECLS
