/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "playback/track.h"

struct _GmTrack
{
  gatomicrefcount count;
  GmTrackInfo info; /* texts are ours */
};

GmTrack *
gm_track_new (const GmTrackInfo *info)
{
  GmTrack *self = g_new0 (GmTrack, 1);

  g_assert (info->uri != NULL || info->open != NULL);
  g_atomic_ref_count_init (&self->count);
  self->info = *info;
  self->info.asset_id = g_strdup (info->asset_id);
  self->info.asset = g_strdup (info->asset);
  self->info.title = g_strdup (info->title);
  self->info.artist = g_strdup (info->artist);
  self->info.artwork = g_strdup (info->artwork);
  self->info.uri = g_strdup (info->uri);
  return self;
}

GmTrack *
gm_track_ref (GmTrack *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
gm_track_unref (GmTrack *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->count))
    return;

  if (self->info.free_data != NULL)
    self->info.free_data (self->info.data);
  g_free ((char *) self->info.asset_id);
  g_free ((char *) self->info.asset);
  g_free ((char *) self->info.title);
  g_free ((char *) self->info.artist);
  g_free ((char *) self->info.artwork);
  g_free ((char *) self->info.uri);
  g_free (self);
}

const GmTrackInfo *
gm_track_get_info (GmTrack *self)
{
  return &self->info;
}

GmCipher *
gm_track_open (GmTrack *self, GError **error)
{
  GmCipher *cipher = self->info.open (self->info.data, error);

  g_assert (cipher != NULL || error == NULL || *error != NULL);
  if (cipher == NULL && self->info.title != NULL)
    g_prefix_error (error, "“%s”: ", self->info.title);
  return cipher;
}
