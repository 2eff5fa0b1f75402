/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/buyer/discover-page.h"

#include "catalog-scene.h"
#include "shop-scene.h"
#include "ui/buyer/discover-facets.h"
#include "ui/buyer/discover-filters.h"
#include "ui/buyer/discover-pill.h"
#include "ui/buyer/discover-price.h"
#include "ui/buyer/discover-tempo.h"
#include "ui/buyer/discover-view.h"
#include "ui/common/state-page.h"

typedef struct
{
  ShopScene *shop;
  GmDiscoverPage *page;
} Fixture;

static GmAsset *
asset_at (guint i)
{
  static const char *const titles[] = { "Tide", "Ebb", "Tidewater", "Moor" };
  static const char *const genres[] = { "House", "Jazz" };
  static const char *const keys[] = { "Am", "Em", "Eb" };
  GmAsset *asset = scene_asset (i, titles[i % 4], i % 2 == 0 ? "Ann" : "Bo");

  asset->genre = g_strdup (genres[i % 2]);
  asset->key_sig = g_strdup (keys[i % 3]);
  asset->bpm = 60 + i;
  asset->preview = g_strdup_printf ("preview/%064u.opus", i);
  asset->asset_id = g_strdup_printf ("0x%064u", i);
  asset->price_units = i % 4 == 0 ? 0 : (gint64) i * 1000000;
  asset->is_exclusive = i % 6 == 0;
  return asset;
}

static GPtrArray *
assets_new (guint n)
{
  GPtrArray *assets = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_asset_free);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (assets, asset_at (i));
  return assets;
}

static void
show (Fixture *self, guint n, gboolean away)
{
  self->shop = shop_scene_new (n > 0 ? assets_new (n) : NULL, away);
  self->page = GM_DISCOVER_PAGE (gm_discover_page_new (self->shop->session));
  shop_scene_show (self->shop, GTK_WIDGET (self->page), 800, 600);
}

/* Nobody else holds the page. */
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
  GtkWidget *state = shop_scene_find (GTK_WIDGET (self->page), GM_TYPE_STATE_PAGE);

  return gm_state_page_get_state (GM_STATE_PAGE (state));
}

static void
wait_for_state (Fixture *self, GmPageState state)
{
  while (state_of (self) != state)
    g_main_context_iteration (NULL, TRUE);
}

static guint
n_results (Fixture *self)
{
  shop_scene_settle (self->shop);
  return g_list_model_get_n_items (G_LIST_MODEL (gm_session_get_catalog (self->shop->session)));
}

static GmDiscoverView *
view_of (Fixture *self)
{
  return GM_DISCOVER_VIEW (shop_scene_find (GTK_WIDGET (self->page), GM_TYPE_DISCOVER_VIEW));
}

static const char *
selected_id (Fixture *self)
{
  GmAssetItem *item = gm_discover_view_get_selected (view_of (self));

  return item != NULL ? gm_asset_item_get_asset (item)->id : NULL;
}

static GmDiscoverPill *
pill_at (Fixture *self, guint index)
{
  GtkWidget *pill = shop_scene_find (GTK_WIDGET (self->page), GM_TYPE_DISCOVER_PILL);

  for (guint i = 0; i < index; i++)
    pill = gtk_widget_get_next_sibling (pill);
  return GM_DISCOVER_PILL (pill);
}

static gboolean
may_clear (Fixture *self)
{
  return gtk_widget_get_visible (shop_scene_find_class (GTK_WIDGET (self->page), "filterclear"));
}

#define PILL_GENRE 1
#define PILL_KEY   3
#define PILL_TEMPO 4
#define PILL_PRICE 5

/* What a person does: opens the pill, waits for its values, activates one. */
static void
choose (Fixture *self, guint pill, guint position)
{
  GtkWidget *widget = GTK_WIDGET (pill_at (self, pill));
  GtkWidget *list = shop_scene_find (widget, GTK_TYPE_LIST_VIEW);
  GtkSelectionModel *model = gtk_list_view_get_model (GTK_LIST_VIEW (list));

  gtk_menu_button_popup (GTK_MENU_BUTTON (gtk_widget_get_first_child (widget)));
  while (g_list_model_get_n_items (G_LIST_MODEL (model)) <= position)
    g_main_context_iteration (NULL, TRUE);
  g_signal_emit_by_name (list, "activate", position);
  shop_scene_settle (self->shop);
}

static void
test_content (void)
{
  Fixture self;
  GtkWidget *count;

  show (&self, 24, FALSE);
  g_assert_cmpint (state_of (&self), ==, GM_PAGE_CONTENT);
  g_assert_cmpuint (n_results (&self), ==, 24);
  count = shop_scene_find_class (GTK_WIDGET (self.page), "gm-number");
  g_assert_nonnull (count);
  finish (&self);
}

static void
test_waiting_then_empty (void)
{
  Fixture self;

  /* the first thing a person sees is not "there is nothing" while nobody knows */
  self.shop = shop_scene_new (NULL, FALSE);
  self.page = GM_DISCOVER_PAGE (gm_discover_page_new (self.shop->session));
  g_assert_cmpint (state_of (&self), ==, GM_PAGE_WAITING);
  shop_scene_show (self.shop, GTK_WIDGET (self.page), 400, 500);
  wait_for_state (&self, GM_PAGE_EMPTY);

  /* what is published then appears by itself */
  feed_store_put (self.shop->store, asset_at (1));
  wait_for_state (&self, GM_PAGE_CONTENT);
  g_assert_cmpuint (n_results (&self), ==, 1);
  finish (&self);
}

static void
test_failed (void)
{
  Fixture self;

  show (&self, 0, TRUE);
  wait_for_state (&self, GM_PAGE_FAILED);
  finish (&self);

  /* with a catalog from an earlier visit the store may be away */
  show (&self, 3, TRUE);
  g_assert_cmpint (state_of (&self), ==, GM_PAGE_CONTENT);
  finish (&self);
}

static gboolean
says (GtkWidget *root, const char *words)
{
  gboolean found = GTK_IS_LABEL (root) &&
                   strstr (gtk_label_get_text (GTK_LABEL (root)), words) != NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && !found;
       child = gtk_widget_get_next_sibling (child))
    found = says (child, words);
  return found;
}

static void
show_html (Fixture *self, guint n)
{
  self->shop = shop_scene_new_html (n > 0 ? assets_new (n) : NULL, "<h1>Room 12, log in</h1>");
  self->page = GM_DISCOVER_PAGE (gm_discover_page_new (self->shop->session));
  shop_scene_show (self->shop, GTK_WIDGET (self->page), 800, 600);
}

static void
test_html (void)
{
  Fixture self;

  show_html (&self, 0);
  wait_for_state (&self, GM_PAGE_FAILED);
  shop_scene_settle (self.shop);
  g_assert_true (says (GTK_WIDGET (self.page), "The Store Could Not Do This"));
  g_assert_true (says (GTK_WIDGET (self.page), "Try Again"));

  g_mutex_lock (&self.shop->store->lock); /* the person logged in, and tries again */
  self.shop->store->html = NULL;
  g_mutex_unlock (&self.shop->store->lock);
  feed_store_put (self.shop->store, asset_at (1));
  g_signal_emit_by_name (shop_scene_find (GTK_WIDGET (self.page), GM_TYPE_STATE_PAGE), "retry");
  wait_for_state (&self, GM_PAGE_CONTENT);
  finish (&self);

  show_html (&self, 3); /* the catalog of last time stays */
  g_assert_cmpint (state_of (&self), ==, GM_PAGE_CONTENT);
  g_assert_cmpuint (n_results (&self), ==, 3);
  finish (&self);
}

/* A store that takes its time: the page says that it waits, and goes on when the answer comes. */
static void
test_slow (void)
{
  Fixture self;

  show_html (&self, 0);
  wait_for_state (&self, GM_PAGE_FAILED);
  feed_store_put (self.shop->store, asset_at (1));

  g_mutex_lock (&self.shop->store->lock); /* no answer is given */
  self.shop->store->html = NULL;
  g_signal_emit_by_name (shop_scene_find (GTK_WIDGET (self.page), GM_TYPE_STATE_PAGE), "retry");
  wait_for_state (&self, GM_PAGE_WAITING);
  shop_scene_settle (self.shop);
  g_assert_cmpint (state_of (&self), ==, GM_PAGE_WAITING);
  g_mutex_unlock (&self.shop->store->lock);
  wait_for_state (&self, GM_PAGE_CONTENT);
  g_assert_cmpuint (n_results (&self), ==, 1);
  finish (&self);
}

static void
test_search (void)
{
  Fixture self;
  g_autofree char *sort = NULL;

  show (&self, 24, FALSE);
  gm_discover_page_search (self.page, "ti");
  gm_discover_page_search (self.page, "de"); /* typed anywhere: goes behind what is there */
  g_assert_cmpuint (n_results (&self), ==, 12);
  g_object_get (self.page, "sort", &sort, NULL);
  g_assert_cmpstr (sort, ==, "relevance");
  gm_discover_page_search (self.page, "w");
  g_assert_cmpuint (n_results (&self), ==, 6);
  gm_discover_page_search (self.page, "zzz");
  g_assert_cmpuint (n_results (&self), ==, 0);
  g_assert_cmpint (state_of (&self), ==, GM_PAGE_EMPTY);
  g_assert_false (may_clear (&self)); /* words are not a filter */

  gtk_widget_activate_action (GTK_WIDGET (self.page), "discover.clear", NULL);
  g_assert_cmpuint (n_results (&self), ==, 24);
  g_assert_cmpint (state_of (&self), ==, GM_PAGE_CONTENT);
  g_free (sort);
  g_object_get (self.page, "sort", &sort, NULL);
  g_assert_cmpstr (sort, ==, "newest");
  finish (&self);
}

static const GmAsset *
first_of (Fixture *self)
{
  g_autoptr (GmAssetItem) item = NULL;

  shop_scene_settle (self->shop);
  item = g_list_model_get_item (G_LIST_MODEL (gm_session_get_catalog (self->shop->session)), 0);
  return gm_asset_item_get_asset (item); /* the catalog keeps what is seen */
}

static void
test_sort (void)
{
  Fixture self;
  g_autofree char *sort = NULL;

  show (&self, 24, FALSE);
  g_assert_cmpint (first_of (&self)->bpm, ==, 83); /* newest */
  gtk_widget_activate_action (GTK_WIDGET (self.page), "discover.sort", "s", "bpm");
  g_assert_cmpint (first_of (&self)->bpm, ==, 60);
  gtk_widget_activate_action (GTK_WIDGET (self.page), "discover.sort", "s", "title");
  g_assert_cmpstr (first_of (&self)->title, ==, "Ebb");
  gtk_widget_activate_action (GTK_WIDGET (self.page), "discover.sort", "s", "price");
  g_assert_cmpint (first_of (&self)->price_units, ==, 0);

  /* what a person chose stays when words are typed */
  gm_discover_page_search (self.page, "ebb");
  g_assert_cmpint (first_of (&self)->price_units, ==, 1000000);
  g_object_get (self.page, "sort", &sort, NULL);
  g_assert_cmpstr (sort, ==, "price");
  finish (&self);
}

static void
test_facets (void)
{
  Fixture self;

  show (&self, 24, FALSE);
  choose (&self, PILL_GENRE, 1); /* House 12, Jazz 12 */
  g_assert_cmpuint (n_results (&self), ==, 12);
  g_assert_cmpstr (gm_discover_pill_get_value (pill_at (&self, PILL_GENRE)), ==, "Jazz");
  g_assert_true (may_clear (&self));
  choose (&self, PILL_GENRE, 1); /* the same once more takes it back */
  g_assert_cmpuint (n_results (&self), ==, 24);
  g_assert_null (gm_discover_pill_get_value (pill_at (&self, PILL_GENRE)));

  choose (&self, PILL_KEY, 0); /* 5B, 8A, 9A have 8 each */
  g_assert_cmpstr (gm_discover_pill_get_value (pill_at (&self, PILL_KEY)), ==, "E♭ major · 5B");
  g_signal_emit_by_name (pill_at (&self, PILL_KEY), "cleared");
  choose (&self, PILL_KEY, 1);
  g_assert_cmpuint (n_results (&self), ==, 8);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (shop_scene_find (
                                   GTK_WIDGET (pill_at (&self, PILL_KEY)), GTK_TYPE_CHECK_BUTTON)),
                               TRUE);
  g_assert_cmpuint (n_results (&self), ==, 16); /* E minor is a fifth from A minor */
  gtk_widget_activate_action (GTK_WIDGET (self.page), "discover.clear", NULL);
  g_assert_cmpuint (n_results (&self), ==, 24);
  finish (&self);
}

static void
test_ranges (void)
{
  Fixture self;
  GtkWidget *tempo, *price, *exclusive;

  show (&self, 24, FALSE); /* 60 … 83 BPM */
  tempo = shop_scene_find (GTK_WIDGET (pill_at (&self, PILL_TEMPO)), GTK_TYPE_SPIN_BUTTON);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (tempo), 80);
  g_assert_cmpuint (n_results (&self), ==, 4);
  g_assert_cmpstr (gm_discover_pill_get_value (pill_at (&self, PILL_TEMPO)), ==, "from 80 BPM");
  g_signal_emit_by_name (pill_at (&self, PILL_TEMPO), "cleared");
  g_assert_cmpuint (n_results (&self), ==, 24);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (tempo)), ==, "Any");

  price = shop_scene_find (GTK_WIDGET (pill_at (&self, PILL_PRICE)), GTK_TYPE_SPIN_BUTTON);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (price), 5);
  g_assert_cmpuint (n_results (&self), ==, 10); /* six are free, and 1, 2, 3, 5 */
  price = shop_scene_find (GTK_WIDGET (pill_at (&self, PILL_PRICE)), GTK_TYPE_CHECK_BUTTON);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (price), TRUE);
  g_assert_cmpuint (n_results (&self), ==, 6);
  g_assert_cmpstr (gm_discover_pill_get_value (pill_at (&self, PILL_PRICE)), ==, "Free");

  exclusive = shop_scene_find_class (GTK_WIDGET (self.page), "filtertoggle");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (exclusive), TRUE);
  g_assert_cmpuint (n_results (&self), ==, 2); /* every sixth, of every fourth */
  g_signal_emit_by_name (shop_scene_find_class (GTK_WIDGET (self.page), "filterclear"), "clicked");
  g_assert_cmpuint (n_results (&self), ==, 24);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (exclusive)));
  g_assert_false (may_clear (&self));
  finish (&self);
}

static void
assert_asked (Fixture *self, const char *expected)
{
  g_autofree char *asked = shop_scene_take_asked (self->shop);

  g_assert_cmpstr (asked, ==, expected);
}

static void
test_keys (void)
{
  Fixture self;
  GtkWidget *list;
  g_autofree char *asset_id = NULL;
  g_autofree char *expected = NULL;

  show (&self, 24, FALSE);
  g_object_set (self.page, "list-mode", TRUE, NULL);
  gm_discover_view_enter (view_of (&self));
  g_assert_cmpstr (selected_id (&self), ==, "01J00000000000000000000023");
  assert_asked (&self, "");

  g_assert_true (shop_scene_press (GTK_WIDGET (view_of (&self)), GDK_KEY_b));
  assert_asked (&self, "buy '01J00000000000000000000023'; ");
  gtk_widget_activate_action (GTK_WIDGET (view_of (&self)), "page.space", NULL);
  assert_asked (&self, "preview '01J00000000000000000000023'; ");
  g_assert_true (shop_scene_press (GTK_WIDGET (view_of (&self)), GDK_KEY_Right));
  g_assert_true (shop_scene_press (GTK_WIDGET (view_of (&self)), GDK_KEY_Left));
  assert_asked (&self, "seek-by 5000; seek-by -5000; ");
  list = shop_scene_find (GTK_WIDGET (view_of (&self)), GTK_TYPE_LIST_VIEW);
  g_signal_emit_by_name (list, "activate", 2);
  assert_asked (&self, "open-asset '01J00000000000000000000021'; ");

  /* nobody buys twice */
  asset_id = g_strdup_printf ("0x%064u", 23);
  expected = g_strdup_printf ("play '%s'; ", asset_id);
  gm_asset_marks_set_owned (gm_session_get_marks (self.shop->session), asset_id);
  g_assert_true (shop_scene_press (GTK_WIDGET (view_of (&self)), GDK_KEY_b));
  assert_asked (&self, expected);
  finish (&self);
}

static void
move_to (Fixture *self, guint key, guint position)
{
  GtkWidget *list = shop_scene_find (GTK_WIDGET (view_of (self)), GTK_TYPE_LIST_VIEW);
  GtkSelectionModel *model = gtk_list_view_get_model (GTK_LIST_VIEW (list));

  if (key != 0)
    g_assert_false (shop_scene_press (GTK_WIDGET (view_of (self)), key)); /* the list moves it */
  gtk_selection_model_select_item (model, position, TRUE);
}

static void
wait_for_asked (Fixture *self)
{
  while (self->shop->asked->len == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_audition (void)
{
  Fixture self;

  show (&self, 24, FALSE);
  g_object_set (self.page, "list-mode", TRUE, NULL);
  gm_discover_view_enter (view_of (&self));
  move_to (&self, GDK_KEY_Down, 1);
  move_to (&self, GDK_KEY_Down, 2);
  move_to (&self, GDK_KEY_Down, 3); /* passed by in silence but for the last */
  wait_for_asked (&self);
  assert_asked (&self, "preview '01J00000000000000000000020'; ");

  gtk_widget_activate_action (GTK_WIDGET (self.page), "discover.audition", NULL);
  move_to (&self, GDK_KEY_Down, 4);
  gtk_widget_activate_action (GTK_WIDGET (self.page), "discover.audition", NULL);
  move_to (&self, 0, 5); /* by pointer: not heard until asked */
  move_to (&self, GDK_KEY_Up, 6);
  wait_for_asked (&self);
  assert_asked (&self, "preview '01J00000000000000000000017'; ");

  /* in the grid arrows go left and right, and nothing is heard by itself */
  g_object_set (self.page, "list-mode", FALSE, NULL);
  g_assert_false (shop_scene_press (GTK_WIDGET (view_of (&self)), GDK_KEY_Right));
  assert_asked (&self, "");
  finish (&self);
}

static GtkAdjustment *
scroll_of (Fixture *self)
{
  GtkWidget *list = shop_scene_find (GTK_WIDGET (view_of (self)), GTK_TYPE_LIST_VIEW);

  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
}

static void
test_place_kept (void)
{
  Fixture self;
  double place;

  show (&self, 600, FALSE);
  g_object_set (self.page, "list-mode", TRUE, NULL);
  g_assert_cmpuint (n_results (&self), ==, 600);
  gtk_adjustment_set_value (scroll_of (&self), 4000);
  shop_scene_settle (self.shop);
  place = gtk_adjustment_get_value (scroll_of (&self));
  g_assert_cmpfloat (place, >, 3000);

  /* away and back: the window keeps the page */
  g_object_ref (self.page);
  gtk_window_set_child (self.shop->window, gtk_label_new ("another page"));
  shop_scene_settle (self.shop);
  gtk_window_set_child (self.shop->window, GTK_WIDGET (self.page));
  g_object_unref (self.page);
  shop_scene_settle (self.shop);
  g_assert_cmpfloat (gtk_adjustment_get_value (scroll_of (&self)), ==, place);

  /* another question starts at the top */
  gm_discover_page_search (self.page, "tide");
  g_assert_cmpuint (n_results (&self), ==, 300);
  g_assert_cmpfloat (gtk_adjustment_get_value (scroll_of (&self)), ==, 0);
  finish (&self);
}

static void
test_narrow (void)
{
  Fixture self = { .shop = shop_scene_new (assets_new (24), FALSE) };
  int least;

  self.page = GM_DISCOVER_PAGE (gm_discover_page_new (self.shop->session));
  shop_scene_show (self.shop, GTK_WIDGET (self.page), 360, 294);
  for (guint i = 0; i < 2; i++)
    {
      g_object_set (self.page, "list-mode", i == 1, NULL);
      shop_scene_settle (self.shop);
      gtk_widget_measure (GTK_WIDGET (self.page), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL,
                          NULL, NULL);
      g_assert_cmpint (least, <=, 360);
    }
  finish (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/discover-page/shows-what-is-here", test_content);
  g_test_add_func ("/discover-page/waits-before-it-says-that-there-is-nothing",
                   test_waiting_then_empty);
  g_test_add_func ("/discover-page/fails-only-without-a-catalog", test_failed);
  g_test_add_func ("/discover-page/a-slow-store-is-waited-for", test_slow);
  g_test_add_func ("/discover-page/html-for-an-answer-is-said-and-tried-again", test_html);
  g_test_add_func ("/discover-page/search-narrows-and-comes-back", test_search);
  g_test_add_func ("/discover-page/sorts-as-chosen", test_sort);
  g_test_add_func ("/discover-page/facets-are-chosen-and-taken-back", test_facets);
  g_test_add_func ("/discover-page/tempo-price-and-exclusive-filter", test_ranges);
  g_test_add_func ("/discover-page/keys-ask-for-the-right-thing", test_keys);
  g_test_add_func ("/discover-page/arrows-let-hear-where-they-rest", test_audition);
  g_test_add_func ("/discover-page/place-is-kept", test_place_kept);
  g_test_add_func ("/discover-page/fits-into-360-pixels", test_narrow);
  return g_test_run ();
}
