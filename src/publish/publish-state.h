/* publish-state.h - how far a publishing job is, in a file of its folder.
 *
 * Written whole (temp file, fsync, rename) after each part; a file that does not parse counts as
 * absent, because doing it again is always right.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "publish/pipeline.h"

G_BEGIN_DECLS

typedef enum
{
  GM_PUBLISH_NOTHING,
  GM_PUBLISH_ANALYZED, /* probe … artwork are in the publication and in the object store */
  GM_PUBLISH_STORED,   /* and ciphertext and envelope */
  GM_PUBLISH_DONE,     /* and the manifest */
} GmPublishState;

/* NULL when nothing usable is there. */
GmPublication *gm_publish_state_load (const char *directory, GmPublishState *state);
gboolean gm_publish_state_save (const char *directory,
                                GmPublishState state,
                                const GmPublication *publication,
                                GError **error);

G_END_DECLS
