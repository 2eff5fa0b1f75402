/* password.h - how hard a new password is to guess, roughly, and what to tell its owner.
 *
 * An estimate for a hint, not a proof: what repeats, runs in sequence or is on everybody's list
 * counts once. The keystore's Argon2id makes each guess cost about a second.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GM_PASSWORD_MIN_LENGTH 8 /* characters */

typedef enum
{
  GM_PASSWORD_REFUSED, /* too short, or the first guess of many */
  GM_PASSWORD_WEAK,
  GM_PASSWORD_GOOD,
  GM_PASSWORD_STRONG,
} GmPasswordGrade;

/* @text is only read. */
GmPasswordGrade gm_password_grade (const char *text);
const char *gm_password_hint (const char *text); /* a sentence, translated */

G_END_DECLS
