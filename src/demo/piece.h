/* piece.h - the programme: two dozen pieces with their words, prices and seeds.
 *
 * Neighbors differ in genre, so that a catalog that fills up is varied from the start.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "demo/composer.h"
#include "demo/sleeve.h"

G_BEGIN_DECLS

typedef struct
{
  const char *title;
  const char *artist;
  const char *mood;
  const char *tags;  /* words with spaces between */
  const char *type;  /* "track" or "beat" (catalog/asset.h) */
  const char *price; /* USDC */
  gboolean featured;
  gboolean exclusive;
  GmSleeveDesign sleeve;
  GmComposerAsk music;
} GmPiece;

const GmPiece *gm_piece_all (guint *n);
char *gm_piece_dup_comment (const GmPiece *piece);

G_END_DECLS
