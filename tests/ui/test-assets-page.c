/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "admin-scene.h"
#include "app/session-core.h"
#include "base/ulid.h"
#include "store/store-assets.h"
#include "ui/admin/assets-page.h"

/* One store for all of these: Tide, storm and the demo's one piece. */
static AdminScene *scene;

static void
open_page (void)
{
  admin_scene_show (scene, gm_assets_page_new (scene->customer->session));
  admin_wait_text (scene->page, "3 assets");
}

static void
search (const char *text)
{
  gm_assets_page_search (GM_ASSETS_PAGE (scene->page), text);
}

/* The row that a search left. */
static GtkWidget *
open_row (void)
{
  GtkWidget *table = buyer_find (scene->page, GTK_TYPE_COLUMN_VIEW, NULL);

  admin_wait_text (scene->page, "1 asset");
  g_signal_emit_by_name (table, "activate", 0);
  return admin_scene_dialog (scene);
}

static gboolean
has_no_dialog (gpointer data)
{
  return !admin_scene_has_dialog (data);
}

static void
wait_closed (void)
{
  customer_wait (has_no_dialog, scene);
}

/* Before the store can have answered. */
static void
press_at_once (GtkWidget *root, const char *label)
{
  admin_wait_pressable (root, label);
  g_signal_emit_by_name (buyer_find (root, GTK_TYPE_BUTTON, label), "clicked");
}

static void
assert_reads (GtkWidget *root, const char *label)
{
  if (buyer_find (root, GTK_TYPE_LABEL, label) == NULL)
    g_error ("“%s” is not read", label);
}

/* The keyboard stands on rows, not on what they say. */
static void
assert_row_named (const char *title)
{
  GtkWidget *cell = gtk_widget_get_parent (buyer_find (scene->page, GTK_TYPE_LABEL, title));
  GtkAccessible *row = GTK_ACCESSIBLE (gtk_widget_get_parent (cell));
  g_autofree char *other = gtk_test_accessible_check_property (
      row, GTK_ACCESSIBLE_PROPERTY_LABEL, "Tide by Nadir, 5.00 USDC, Published");

  g_assert_cmpstr (other, ==, NULL);
}

static void
test_table (void)
{
  open_page ();
  assert_reads (scene->page, "Tide");
  assert_reads (scene->page, "storm");
  assert_reads (scene->page, "Published");
  ui_assert_named (scene->window);
  assert_row_named ("Tide");
  admin_scene_close (scene);
}

static void
test_search (void)
{
  open_page ();
  search ("tid");
  admin_wait_text (scene->page, "1 asset");
  assert_reads (scene->page, "Tide");
  g_assert_null (buyer_find (scene->page, GTK_TYPE_LABEL, "storm"));
  search ("no such thing");
  admin_wait_text (scene->page, "No Assets Here");
  assert_reads (scene->page, "0 assets");
  admin_scene_close (scene);
}

static void
test_status (void)
{
  GtkDropDown *status;

  open_page ();
  status = GTK_DROP_DOWN (buyer_find (scene->page, GTK_TYPE_DROP_DOWN, NULL));
  gtk_drop_down_set_selected (status, 3); /* ready */
  admin_wait_text (scene->page, "No Assets Here");
  gtk_drop_down_set_selected (status, 4);
  admin_wait_text (scene->page, "3 assets");
  admin_scene_close (scene);
}

static void
test_edit (void)
{
  GtkWidget *sheet;

  open_page ();
  search ("tide");
  sheet = open_row ();
  ui_assert_named (sheet);
  g_assert_false (buyer_may_press (sheet, "_Save")); /* nothing was changed */
  admin_type (sheet, "Price", "1.25");
  press_at_once (sheet, "_Save");
  assert_reads (scene->page, "1.25 USDC");
  wait_closed ();
  assert_reads (scene->page, "1.25 USDC");
  admin_scene_close (scene);
}

static void
test_wrong (void)
{
  GtkWidget *sheet;

  open_page ();
  search ("storm");
  sheet = open_row ();
  admin_type (sheet, "Title", "");
  ui_settle ();
  assert_reads (sheet, "Title: This must not be empty");
  g_assert_false (buyer_may_press (sheet, "_Save"));
  g_assert_false (buyer_may_press (sheet, "_Unpublish"));
  admin_type (sheet, "Title", "Storm");
  admin_type (sheet, "Tempo in BPM", "9000");
  ui_settle ();
  assert_reads (sheet, "Tempo in BPM: A whole number from 20 to 400");
  gtk_window_close (GTK_WINDOW (sheet));
  wait_closed ();
  assert_reads (scene->page, "storm");
  admin_scene_close (scene);
}

static void
test_rollback (void)
{
  GtkWidget *sheet;

  open_page ();
  search ("storm");
  sheet = open_row ();
  admin_type (sheet, "Price", "9.75");
  market_stop (scene->market);
  press_at_once (sheet, "_Save");
  assert_reads (scene->page, "9.75 USDC");
  admin_wait_text (scene->page, "5.00 USDC"); /* as it was */
  g_assert_cmpstr (admin_read (sheet, "Price"), ==, "9.75");
  g_assert_true (buyer_may_press (sheet, "_Save"));
  market_start (scene->market);
  buyer_press (sheet, "_Save"); /* nothing typed was lost */
  wait_closed ();
  assert_reads (scene->page, "9.75 USDC");
  admin_scene_close (scene);
}

/* Somebody else's edit. */
static void
edit_behind (const char *title, const char *genre)
{
  const GmSessionCore *core = gm_session_get_core (scene->customer->session);
  g_autoptr (GError) error = NULL;
  g_autoptr (GmStorePage) page = gm_store_assets_list (core->store, title, "all", NULL, NULL,
                                                       &error);
  JsonObject *edits = json_object_new ();
  g_autofree char *key = gm_ulid_new ();
  GmAsset *after;

  g_assert_no_error (error);
  json_object_set_string_member (edits, "genre", genre);
  after = gm_store_assets_edit (core->store, page->assets->pdata[0], key, edits, NULL, &error);
  g_assert_no_error (error);
  gm_asset_free (after);
}

static void
test_conflict (void)
{
  GtkWidget *sheet;

  open_page ();
  search ("tide");
  sheet = open_row ();
  edit_behind ("tide", "Dub");
  admin_type (sheet, "Genre", "Ambient");
  buyer_press (sheet, "_Save");
  admin_wait_text (sheet, "Somebody else changed this meanwhile. The store now has:\nGenre: Dub\n"
                          "Saving again replaces it with what you typed.");
  g_assert_cmpstr (admin_read (sheet, "Genre"), ==, "Ambient");
  buyer_press (sheet, "_Save");
  wait_closed ();
  admin_scene_close (scene);
}

static void
test_steps (void)
{
  GtkWidget *sheet;

  open_page ();
  search ("tide");
  buyer_press (sheet = open_row (), "_Unpublish");
  wait_closed ();
  admin_wait_text (scene->page, "Ready");
  buyer_press (sheet = open_row (), "_Publish");
  wait_closed ();
  admin_wait_text (scene->page, "Published");
  admin_scene_close (scene);
}

static void
test_away (void)
{
  market_stop (scene->market);
  admin_scene_show (scene, gm_assets_page_new (scene->customer->session));
  admin_wait_pressable (scene->page, "_Try Again");
  market_start (scene->market);
  buyer_press (scene->page, "_Try Again");
  admin_wait_text (scene->page, "3 assets");
  admin_scene_close (scene);
}

static void
test_search_away (void)
{
  open_page ();
  market_stop (scene->market);
  search ("tide");
  admin_wait_pressable (scene->page, "_Try Again"); /* and no rows that were not asked for */
  market_start (scene->market);
  buyer_press (scene->page, "_Try Again");
  admin_wait_text (scene->page, "1 asset");
  admin_scene_close (scene);
}

int
main (int argc, char **argv)
{
  int status;

  ui_scene_init (&argc, &argv);
  scene = admin_scene_new ();
  g_test_add_func ("/assets-page/every-asset-is-a-row", test_table);
  g_test_add_func ("/assets-page/a-search-narrows-it", test_search);
  g_test_add_func ("/assets-page/a-status-narrows-it", test_status);
  g_test_add_func ("/assets-page/an-edit-shows-before-the-store-answers", test_edit);
  g_test_add_func ("/assets-page/nothing-wrong-is-saved", test_wrong);
  g_test_add_func ("/assets-page/what-the-store-refuses-is-rolled-back", test_rollback);
  g_test_add_func ("/assets-page/a-conflict-shows-both-and-keeps-what-was-typed", test_conflict);
  g_test_add_func ("/assets-page/a-step-is-taken-from-the-sheet", test_steps);
  g_test_add_func ("/assets-page/a-store-that-is-away-is-told", test_away);
  g_test_add_func ("/assets-page/a-search-that-fails-shows-no-other-rows", test_search_away);
  status = g_test_run ();
  admin_scene_free (scene);
  return status;
}
