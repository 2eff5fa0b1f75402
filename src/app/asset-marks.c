/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/asset-marks.h"

struct _GmAssetMarks
{
  GObject parent;
  GHashTable *owned; /* set of asset ids */
  char *playing;     /* (nullable) */
};

G_DEFINE_FINAL_TYPE (GmAssetMarks, gm_asset_marks, G_TYPE_OBJECT)

static guint changed_signal;

static void
finalize (GObject *object)
{
  GmAssetMarks *self = GM_ASSET_MARKS (object);

  g_hash_table_unref (self->owned);
  g_free (self->playing);
  G_OBJECT_CLASS (gm_asset_marks_parent_class)->finalize (object);
}

static void
gm_asset_marks_class_init (GmAssetMarksClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
  changed_signal = g_signal_new ("changed", GM_TYPE_ASSET_MARKS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
gm_asset_marks_init (GmAssetMarks *self)
{
  self->owned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

GmAssetMarks *
gm_asset_marks_new (void)
{
  return g_object_new (GM_TYPE_ASSET_MARKS, NULL);
}

gboolean
gm_asset_marks_is_owned (GmAssetMarks *self, const char *asset_id)
{
  return asset_id != NULL && g_hash_table_contains (self->owned, asset_id);
}

gboolean
gm_asset_marks_is_playing (GmAssetMarks *self, const char *asset_id)
{
  return asset_id != NULL && g_strcmp0 (self->playing, asset_id) == 0;
}

void
gm_asset_marks_set_owned (GmAssetMarks *self, const char *asset_id)
{
  if (g_hash_table_add (self->owned, g_strdup (asset_id)))
    g_signal_emit (self, changed_signal, 0);
}

void
gm_asset_marks_set_playing (GmAssetMarks *self, const char *asset_id)
{
  if (g_strcmp0 (self->playing, asset_id) == 0)
    return;

  g_free (self->playing);
  self->playing = g_strdup (asset_id);
  g_signal_emit (self, changed_signal, 0);
}
