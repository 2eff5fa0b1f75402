/* composer.h - writes a whole piece: form, harmony, all parts; the same seed, the same piece.
 *
 *   Deep House:  d g v v h h b h h o        a letter is four bars, or eight in fast music
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "demo/score.h"

G_BEGIN_DECLS

typedef struct
{
  const char *genre; /* a name of genre.h */
  const char *key;   /* "Am" */
  double bpm;
  double seconds; /* about; below 30 it is a part of the hook */
  guint64 seed;
} GmComposerAsk;

GmScore *gm_composer_write (const GmComposerAsk *ask);

G_END_DECLS
