/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "app/session-core.h"
#include "base/error.h"
#include "buyer-scene.h"
#include "session-scene.h"
#include "ui/buyer/library-page.h"
#include "ui/buyer/library-row.h"
#include "ui/common/state-page.h"

typedef struct
{
  SessionScene *scene;
  GmPlayerState *player;
  GtkWidget *page;
  GtkWidget *window;
} World;

static World
world_new (guint owned)
{
  World w = { .scene = session_scene_new (), .player = gm_player_state_new () };

  for (guint n = 1; n <= owned; n++)
    session_scene_own (w.scene, n, "music");
  w.page = gm_library_page_new (w.scene->session, w.player);
  w.window = buyer_show (w.page, 700, 500);
  return w;
}

static void
world_clear (World *w)
{
  buyer_close (w->window, w->page);
  g_assert_finalize_object (w->player);
  session_scene_free (w->scene);
}

static GmPageState
state_of (World *w)
{
  ui_settle ();
  return gm_state_page_get_state (GM_STATE_PAGE (ui_find (w->page, GM_TYPE_STATE_PAGE, NULL)));
}

static GtkWidget *
row_of (World *w, const char *title)
{
  GtkWidget *label = buyer_find (w->page, GTK_TYPE_LABEL, title);

  return label != NULL ? gtk_widget_get_ancestor (label, GM_TYPE_LIBRARY_ROW) : NULL;
}

static void
test_empty (void)
{
  World w = world_new (0);
  g_autofree char *asked = NULL;

  g_assert_cmpint (state_of (&w), ==, GM_PAGE_EMPTY);
  g_assert_nonnull (buyer_find (w.page, GTK_TYPE_BUTTON, "Discover Music"));
  buyer_press (w.page, "Discover Music");
  asked = buyer_take_asked (w.window);
  g_assert_cmpstr (asked, ==, "show discover; ");

  session_scene_own (w.scene, 1, "music"); /* something was bought meanwhile */
  g_assert_cmpint (state_of (&w), ==, GM_PAGE_CONTENT);
  world_clear (&w);
}

static void
test_content (void)
{
  World w = world_new (3);
  g_autofree char *asked = NULL;
  g_autofree char *played = NULL;
  GtkWidget *list;

  g_assert_cmpint (state_of (&w), ==, GM_PAGE_CONTENT);
  ui_assert_named (w.page);
  g_assert_nonnull (buyer_find_named (w.page, G_TYPE_OBJECT, "Piece 2 by Mira Solano, 0:02"));
  buyer_press (w.page, "Play Piece 2");
  asked = buyer_take_asked (w.window);
  g_assert_true (g_str_has_prefix (asked, "play 0x"));
  g_assert_true (g_str_has_suffix (asked, "2; "));

  list = buyer_find (w.page, GTK_TYPE_LIST_VIEW, NULL);
  g_signal_emit_by_name (list, "activate", 0u); /* Enter; newest first */
  played = buyer_take_asked (w.window);
  g_assert_true (g_str_has_suffix (played, "3; "));
  world_clear (&w);
}

static void
test_filter (void)
{
  World w = world_new (3);
  GtkEditable *search = GTK_EDITABLE (buyer_find (w.page, GTK_TYPE_SEARCH_ENTRY, NULL));

  gm_library_page_search (w.page, "piece 2");
  ui_settle ();
  g_assert_nonnull (row_of (&w, "Piece 2"));
  g_assert_null (row_of (&w, "Piece 1"));
  gtk_editable_set_text (search, "mira"); /* the artist */
  ui_settle ();
  g_assert_nonnull (row_of (&w, "Piece 1"));
  gtk_editable_set_text (search, "tango");
  ui_settle ();
  g_assert_nonnull (buyer_find (w.page, ADW_TYPE_STATUS_PAGE, NULL));
  g_signal_emit_by_name (search, "stop-search"); /* Escape */
  ui_settle ();
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "");
  g_assert_nonnull (row_of (&w, "Piece 3"));
  world_clear (&w);
}

/* The button of what plays pauses it. */
static void
test_playing (void)
{
  World w = world_new (2);
  GmAssetMarks *marks = gm_session_get_marks (w.scene->session);
  g_autofree char *id = session_scene_dup_asset_id (1);
  g_autofree char *asked = NULL;
  GmPlayerFacts facts = { .playing = TRUE };

  gm_asset_marks_set_playing (marks, id);
  gm_player_state_show (w.player, &facts);
  ui_settle ();
  g_assert_true (gtk_widget_has_css_class (row_of (&w, "Piece 1"), "playing"));
  g_assert_false (gtk_widget_has_css_class (row_of (&w, "Piece 2"), "playing"));
  buyer_press (w.page, "Pause Piece 1");
  asked = buyer_take_asked (w.window);
  g_assert_cmpstr (asked, ==, "toggle; ");
  facts.playing = FALSE;
  gm_player_state_show (w.player, &facts);
  g_assert_true (buyer_may_press (w.page, "Play Piece 1"));
  world_clear (&w);
}

/* A row of the ledger whose music is not here yet. */
static void
put_unfinished (World *w)
{
  const GmSessionCore *core = gm_session_get_core (w->scene->session);
  g_autofree char *id = session_scene_dup_asset_id (1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GmSql) ledger = gm_license_db_open (core->ledger, &error);
  g_autoptr (GmOwned) owned = gm_license_db_find_owned (ledger, id, &error);

  g_assert_no_error (error);
  owned->ready = FALSE;
  gm_license_db_put_owned (ledger, owned, &error);
  g_assert_no_error (error);
  gm_library_model_refresh (gm_session_get_library (w->scene->session));
}

static gboolean
is_unfinished (gpointer data)
{
  World *w = data;

  return row_of (w, "Piece 1") != NULL && !buyer_may_press (w->page, "Play Piece 1");
}

static void
test_unfinished (void)
{
  World w = world_new (1);
  GmLibraryModel *library = gm_session_get_library (w.scene->session);
  g_autofree char *id = session_scene_dup_asset_id (1);
  g_autofree char *asked = NULL;
  GmLibraryProgress progress = { "01JPURCHASE", "Getting the music…", 0.5, FALSE };

  put_unfinished (&w);
  ui_wait (is_unfinished, &w);
  g_assert_nonnull (buyer_find (w.page, GTK_TYPE_LABEL, "Waits for its store"));
  gm_library_model_tell (library, id, &progress);
  ui_settle ();
  g_assert_nonnull (buyer_find (w.page, GTK_TYPE_LABEL, "Getting the music…"));
  g_assert_nonnull (buyer_find (w.page, GTK_TYPE_PROGRESS_BAR, NULL));
  g_assert_nonnull (
      buyer_find_named (w.page, G_TYPE_OBJECT, "Piece 1 by Mira Solano, Getting the music…"));
  progress.stopped = TRUE;
  gm_library_model_tell (library, id, &progress);
  ui_settle ();
  buyer_press (w.page, "Resume");
  asked = buyer_take_asked (w.window);
  g_assert_cmpstr (asked, ==, "resume 01JPURCHASE; ");
  world_clear (&w);
}

static gboolean
is_failed (gpointer data)
{
  return state_of (data) == GM_PAGE_FAILED;
}

static gboolean
is_empty (gpointer data)
{
  return state_of (data) == GM_PAGE_EMPTY;
}

/* The ledger cannot be read; the button reads it again. */
static void
test_failed (void)
{
  World w = world_new (0);
  const char *ledger = gm_session_get_core (w.scene->session)->ledger;
  g_autofree char *aside = g_strconcat (ledger, ".aside", NULL);

  g_assert_cmpint (g_rename (ledger, aside), ==, 0);
  g_assert_true (g_file_set_contents (ledger, "no database at all", -1, NULL));
  gm_library_model_refresh (gm_session_get_library (w.scene->session));
  ui_wait (is_failed, &w);
  g_assert_cmpint (g_rename (aside, ledger), ==, 0);
  g_signal_emit_by_name (ui_find (w.page, GM_TYPE_STATE_PAGE, NULL), "retry");
  ui_wait (is_empty, &w);
  world_clear (&w);
}

static void
test_menu (void)
{
  World w = world_new (1);
  GtkWidget *row = row_of (&w, "Piece 1");
  g_autofree char *asked = NULL;

  gtk_widget_activate_action (row, "row.license", NULL);
  gtk_widget_activate_action (row, "row.open", NULL);
  gtk_widget_activate_action (row, "row.play", NULL);
  asked = buyer_take_asked (w.window);
  g_assert_nonnull (strstr (asked, "show-license 0x"));
  g_assert_nonnull (strstr (asked, "open-asset 01M891GFPS47RP2AFJK1FREKCA; "));
  g_assert_nonnull (strstr (asked, "play 0x"));
  world_clear (&w);
}

int
main (int argc, char *argv[])
{
  ui_scene_init (&argc, &argv);
  g_test_add_func ("/library-page/empty-says-what-to-do", test_empty);
  g_test_add_func ("/library-page/what-is-owned-plays", test_content);
  g_test_add_func ("/library-page/typing-filters", test_filter);
  g_test_add_func ("/library-page/what-plays-can-be-paused", test_playing);
  g_test_add_func ("/library-page/what-stopped-can-be-resumed", test_unfinished);
  g_test_add_func ("/library-page/a-failure-has-one-button", test_failed);
  g_test_add_func ("/library-page/a-row-has-a-menu", test_menu);
  return g_test_run ();
}
