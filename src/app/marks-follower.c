/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/marks-follower.h"

static void
on_state_changed (GmAssetMarks *marks, GParamSpec *pspec, GmPlayerState *state)
{
  const GmPlayerFacts *facts = gm_player_state_get_facts (state);
  const gboolean heard = facts->track != NULL && facts->playing;

  gm_asset_marks_set_playing (marks, heard ? gm_track_get_info (facts->track)->asset_id : NULL);
}

void
gm_marks_follower_start (GmPlayerState *state, GmAssetMarks *marks)
{
  g_signal_connect_object (state, "notify::asset-id", G_CALLBACK (on_state_changed), marks,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (state, "notify::playing", G_CALLBACK (on_state_changed), marks,
                           G_CONNECT_SWAPPED);
  on_state_changed (marks, NULL, state);
}
