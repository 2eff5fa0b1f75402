/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/buyer/asset-page.h"

#include "catalog-scene.h"
#include "shop-scene.h"
#include "ui/buyer/asset-license.h"
#include "ui/buyer/asset-player.h"
#include "ui/buyer/asset-proof.h"
#include "ui/common/state-page.h"
#include "ui/common/waveform-slider.h"

#define ID       "01J00000000000000000000001"
#define ASSET_ID "0x00000000000000000000000000000000000000000000000000000000000000a1"

typedef struct
{
  ShopScene *shop;
  GmAssetPage *page;
} Fixture;

static GmAsset *
asset_new (const char *title)
{
  guint8 peaks[64] = { 9, 200, 30 };
  GmAsset *asset = scene_asset (1, title, "Ann");

  asset->bpm = 120;
  asset->key_sig = g_strdup ("Am");
  asset->duration_ms = 90000;
  asset->preview_start_ms = 15000;
  asset->preview = g_strdup_printf ("preview/%064u.opus", 1);
  asset->asset_id = g_strdup (ASSET_ID);
  asset->seller = g_strdup ("0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A");
  asset->manifest_hash = g_strdup_printf ("0x%064u", 2);
  asset->peaks = g_bytes_new (peaks, sizeof peaks);
  return asset;
}

static GPtrArray *
just (GmAsset *asset)
{
  GPtrArray *assets = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_asset_free);

  g_ptr_array_add (assets, asset);
  return assets;
}

static void
show_page (Fixture *self, int width)
{
  g_autoptr (GmAssetItem) item = NULL;

  item = gm_catalog_model_find (gm_session_get_catalog (self->shop->session), ID);
  if (item != NULL)
    self->page = GM_ASSET_PAGE (gm_asset_page_new (self->shop->session, self->shop->state, item));
  else
    self->page = GM_ASSET_PAGE (
        gm_asset_page_new_for_id (self->shop->session, self->shop->state, ID));
  shop_scene_show (self->shop, GTK_WIDGET (self->page), width, 600);
}

static void
show (Fixture *self, GmAsset *asset)
{
  self->shop = shop_scene_new (just (asset), FALSE);
  show_page (self, 900);
}

static void
finish (Fixture *self)
{
  g_object_ref (self->page);
  shop_scene_close (self->shop);
  g_assert_finalize_object (self->page);
  shop_scene_free (self->shop);
}

static GmPageState
state_of (Fixture *self)
{
  return gm_state_page_get_state (
      GM_STATE_PAGE (shop_scene_find (GTK_WIDGET (self->page), GM_TYPE_STATE_PAGE)));
}

static void
wait_for_state (Fixture *self, GmPageState state)
{
  while (state_of (self) != state)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_asked (Fixture *self, const char *expected)
{
  g_autofree char *asked = shop_scene_take_asked (self->shop);

  g_assert_cmpstr (asked, ==, expected);
}

static GtkWidget *
part (Fixture *self, GType type)
{
  return shop_scene_find (GTK_WIDGET (self->page), type);
}

static void
press_key (Fixture *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->page), "asset.buy", NULL);
}

static const char *
button_label (Fixture *self)
{
  GtkWidget *button = shop_scene_find_class (part (self, GM_TYPE_ASSET_LICENSE), "pill");

  return gtk_button_get_label (GTK_BUTTON (button));
}

static void
test_buy_then_play (void)
{
  Fixture self;

  show (&self, asset_new ("Tide"));
  g_assert_cmpint (state_of (&self), ==, GM_PAGE_CONTENT);
  g_assert_cmpstr (button_label (&self), ==, "Buy");
  press_key (&self);
  g_signal_emit_by_name (shop_scene_find_class (part (&self, GM_TYPE_ASSET_LICENSE), "pill"),
                         "clicked");
  assert_asked (&self, "buy '" ID "'; buy '" ID "'; ");

  /* bought while it is shown */
  gm_asset_marks_set_owned (gm_session_get_marks (self.shop->session), ASSET_ID);
  g_assert_cmpstr (button_label (&self), ==, "Play");
  press_key (&self);
  gtk_widget_activate_action (GTK_WIDGET (self.page), "page.space", NULL);
  assert_asked (&self, "play '" ASSET_ID "'; play '" ASSET_ID "'; ");
  finish (&self);
}

static void
play (Fixture *self, GmTrackKind kind, gint64 position_ms)
{
  const GmTrackInfo info = { .asset_id = (char *) ASSET_ID,
                             .asset = (char *) ID,
                             .title = (char *) "Tide",
                             .artist = (char *) "Ann",
                             .kind = kind,
                             .duration_ms = kind == GM_TRACK_PREVIEW ? 30000 : 90000,
                             .uri = (char *) "file:///nowhere" };
  g_autoptr (GmTrack) track = gm_track_new (&info);
  const GmPlayerFacts facts = { .mode = kind == GM_TRACK_PREVIEW ? GM_PLAYER_PREVIEW
                                                                 : GM_PLAYER_MASTER,
                                .playing = TRUE,
                                .track = track,
                                .position_ms = position_ms,
                                .duration_ms = info.duration_ms,
                                .volume = 1 };

  gm_player_state_show (self->shop->state, &facts);
}

static void
test_preview (void)
{
  Fixture self;
  GtkRange *slider;

  show (&self, asset_new ("Tide"));
  slider = GTK_RANGE (part (&self, GM_TYPE_WAVEFORM_SLIDER));
  g_assert_cmpfloat (gtk_range_get_value (slider), ==, 15); /* where the preview begins */
  gtk_widget_activate_action (GTK_WIDGET (self.page), "page.space", NULL);
  assert_asked (&self, "preview '" ID "'; ");

  play (&self, GM_TRACK_PREVIEW, 12000);
  g_assert_cmpfloat (gtk_range_get_value (slider), ==, 27);
  gtk_widget_activate_action (GTK_WIDGET (self.page), "page.space", NULL);
  assert_asked (&self, "toggle ; ");

  /* seeking is within the preview, which counts from its own beginning */
  g_signal_emit_by_name (slider, "seek", 0.5);
  assert_asked (&self, "seek 30000; ");
  g_signal_emit_by_name (slider, "move-slider", GTK_SCROLL_END);
  g_assert_cmpfloat (gtk_range_get_value (slider), ==, 45);
  assert_asked (&self, "seek 30000; ");
  finish (&self);
}

static void
test_master (void)
{
  Fixture self;
  GtkRange *slider;

  show (&self, asset_new ("Tide"));
  gm_asset_marks_set_owned (gm_session_get_marks (self.shop->session), ASSET_ID);
  slider = GTK_RANGE (part (&self, GM_TYPE_WAVEFORM_SLIDER));
  g_assert_cmpfloat (gtk_range_get_value (slider), ==, 0);
  play (&self, GM_TRACK_MASTER, 60000);
  g_assert_cmpfloat (gtk_range_get_value (slider), ==, 60);
  g_signal_emit_by_name (slider, "seek", 0.5);
  assert_asked (&self, "seek 45000; ");
  finish (&self);
}

/* The few peaks are there at once, the many when they came. */
static void
test_waveform (void)
{
  Fixture self = { .shop = NULL };
  guint8 bins[1024] = { 7 };
  g_autoptr (GBytes) content = g_bytes_new (bins, sizeof bins);
  g_autofree char *hex = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  GmAsset *asset = asset_new ("Tide");
  g_autoptr (GBytes) peaks = NULL;
  g_autofree char *name = NULL;

  asset->waveform = g_strdup_printf ("waveform/%s.bin", hex);
  self.shop = shop_scene_new (just (asset), TRUE);
  name = shop_scene_put_media (self.shop, "waveform", "bin", content);
  {
    g_autoptr (GmAssetItem) item = gm_catalog_model_find (
        gm_session_get_catalog (self.shop->session), ID);

    self.page = GM_ASSET_PAGE (gm_asset_page_new (self.shop->session, self.shop->state, item));
  }
  g_object_get (part (&self, GM_TYPE_WAVEFORM_SLIDER), "peaks", &peaks, NULL);
  g_assert_cmpuint (g_bytes_get_size (peaks), ==, 64);
  shop_scene_show (self.shop, GTK_WIDGET (self.page), 900, 600);
  while (g_bytes_get_size (peaks) != 1024)
    {
      g_main_context_iteration (NULL, TRUE);
      g_clear_pointer (&peaks, g_bytes_unref);
      g_object_get (part (&self, GM_TYPE_WAVEFORM_SLIDER), "peaks", &peaks, NULL);
    }
  finish (&self);
}

static const char *
title_of (Fixture *self)
{
  return gtk_label_get_label (
      GTK_LABEL (shop_scene_find_class (GTK_WIDGET (self->page), "gm-display")));
}

/* A link before the catalog is here; then the asset; then what an admin changes. */
static void
test_follows_the_catalog (void)
{
  Fixture self = { .shop = shop_scene_new (NULL, FALSE) };

  show_page (&self, 900);
  wait_for_state (&self, GM_PAGE_EMPTY);
  feed_store_put (self.shop->store, asset_new ("Tide"));
  wait_for_state (&self, GM_PAGE_CONTENT);
  g_assert_cmpstr (title_of (&self), ==, "Tide");
  feed_store_put (self.shop->store, asset_new ("High Tide"));
  while (g_strcmp0 (title_of (&self), "High Tide") != 0)
    g_main_context_iteration (NULL, TRUE);
  finish (&self);
}

static void
test_states (void)
{
  Fixture self = { .shop = shop_scene_new (NULL, FALSE) };

  self.page = GM_ASSET_PAGE (gm_asset_page_new_for_id (self.shop->session, self.shop->state, ID));
  g_assert_cmpint (state_of (&self), ==, GM_PAGE_WAITING);
  shop_scene_show (self.shop, GTK_WIDGET (self.page), 360, 500);
  wait_for_state (&self, GM_PAGE_EMPTY);
  finish (&self);

  self.shop = shop_scene_new (NULL, TRUE);
  show_page (&self, 900);
  wait_for_state (&self, GM_PAGE_FAILED);
  finish (&self);
}

static void
test_proof (void)
{
  Fixture self;
  GtkWidget *copy;

  show (&self, asset_new ("Tide"));
  copy = shop_scene_find (part (&self, GM_TYPE_ASSET_PROOF), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (copy, "clicked");
  assert_asked (&self, "copy '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A'; ");
  finish (&self);
}

static void
test_narrow (void)
{
  GmAsset *asset = asset_new ("Harbor Lights at the End of a Very Long Summer Night");
  Fixture self;
  int least;

  asset->format = g_strdup ("FLAC 44.1 kHz 16 bit stereo");
  asset->loudness_clufs = -1420;
  asset->license_hash = g_strdup_printf ("0x%064u", 4);
  self.shop = shop_scene_new (just (asset), FALSE);
  show_page (&self, 360);
  gtk_widget_measure (GTK_WIDGET (self.page), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL,
                      NULL);
  g_assert_cmpint (least, <=, 360);
  finish (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/asset-page/buys-then-plays", test_buy_then_play);
  g_test_add_func ("/asset-page/preview-is-shown-where-it-lies", test_preview);
  g_test_add_func ("/asset-page/what-is-owned-is-the-whole", test_master);
  g_test_add_func ("/asset-page/waveform-comes-in-two-steps", test_waveform);
  g_test_add_func ("/asset-page/follows-the-catalog", test_follows_the_catalog);
  g_test_add_func ("/asset-page/waits-misses-and-fails", test_states);
  g_test_add_func ("/asset-page/proof-can-be-copied", test_proof);
  g_test_add_func ("/asset-page/fits-into-360-pixels", test_narrow);
  return g_test_run ();
}
