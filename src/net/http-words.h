/* http-words.h - what an answer that is not 2xx says, in our codes and in its own words.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/error.h"
#include "net/http.h"

G_BEGIN_DECLS

GmErrorCode gm_http_words_code (guint status);

/* (nullable) "title: detail" of application/problem+json, or the "error" of plain JSON: one line of
 * at most 300 bytes without control characters, for it was written by somebody else. */
char *gm_http_words_problem (const char *content_type, GBytes *body);

/* The same of any text from outside. */
char *gm_http_words_dup_line (const char *text);

gboolean gm_http_words_is_json (const char *content_type); /* (nullable) */

/* Fails in @answer's name. */
void gm_http_words_set_error (GError **error, const char *url, const GmHttpAnswer *answer);

/* Takes what libsoup or GIO said while talking to @url. */
void gm_http_words_adopt (GError **error, const char *url);

G_END_DECLS
