/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "ui-scene.h"
#include "ui/common/state-page.h"

#define LEAST_PATIENCE_US 150000

static GmStatePage *
make_page (GtkWidget **window)
{
  GmStatePage *page = GM_STATE_PAGE (gm_state_page_new ());

  gm_state_page_set_child (page, gtk_label_new ("music"));
  *window = ui_show (GTK_WIDGET (page));
  return page;
}

static gboolean
spins (gpointer page)
{
  return ui_is_seen (ui_find (page, GTK_TYPE_SPINNER, NULL));
}

static gboolean
shows_music (gpointer page)
{
  return ui_is_seen (ui_find (page, GTK_TYPE_LABEL, "music"));
}

static gboolean
shows_only_music (gpointer page)
{
  return shows_music (page) && !spins (page);
}

static void
drop (GtkWidget *window, gpointer page)
{
  g_object_ref (page);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle ();
  g_assert_finalize_object (page);
}

static void
test_waiting_is_shown_late (void)
{
  GtkWidget *window;
  const gint64 start = g_get_monotonic_time ();
  GmStatePage *page = make_page (&window);

  g_assert_cmpint (gm_state_page_get_state (page), ==, GM_PAGE_WAITING);
  if (g_get_monotonic_time () - start < LEAST_PATIENCE_US) /* a busy machine was slow to show it */
    g_assert_false (spins (page));
  ui_wait (spins, page);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, LEAST_PATIENCE_US);
  drop (window, page);
}

static void
test_content_stays_during_a_short_wait (void)
{
  GtkWidget *window;
  GmStatePage *page = make_page (&window);

  gm_state_page_set_state (page, GM_PAGE_CONTENT);
  ui_wait (shows_only_music, page);
  gm_state_page_set_state (page, GM_PAGE_WAITING);
  g_assert_true (shows_music (page));
  gm_state_page_set_state (page, GM_PAGE_CONTENT);
  ui_settle ();
  g_assert_true (shows_music (page));
  g_assert_false (spins (page));
  drop (window, page);
}

static void
test_same_state_notifies_once (void)
{
  GtkWidget *window;
  GmStatePage *page = make_page (&window);
  const guint *count = ui_count (page, "state");

  gm_state_page_set_state (page, GM_PAGE_EMPTY);
  gm_state_page_set_state (page, GM_PAGE_EMPTY);
  g_object_set (page, "state", GM_PAGE_EMPTY, NULL);
  g_assert_cmpuint (*count, ==, 1);
  drop (window, page);
}

static void
on_retry (GmStatePage *page, guint *count)
{
  (*count)++;
}

static void
test_failed_says_why_and_asks_again (void)
{
  GtkWidget *window;
  GmStatePage *page = make_page (&window);
  g_autoptr (GError) error = g_error_new (GM_ERROR, GM_ERROR_REMOTE, "catalog: answered 500");
  GtkWidget *button;
  guint retries = 0;

  g_signal_connect (page, "retry", G_CALLBACK (on_retry), &retries);
  gm_state_page_fail (page, error);
  ui_settle ();
  button = ui_find (GTK_WIDGET (page), GTK_TYPE_BUTTON, "_Try Again");
  g_assert_nonnull (button);
  g_assert_nonnull (ui_find (GTK_WIDGET (page), GTK_TYPE_LABEL, "catalog: answered 500"));
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (retries, ==, 1);
  drop (window, page);
}

static void
test_locked_offers_to_unlock (void)
{
  GtkWidget *window;
  GmStatePage *page = make_page (&window);
  g_autoptr (GError) error = g_error_new (GM_ERROR, GM_ERROR_LOCKED, "x");
  GtkWidget *button;
  guint retries = 0;

  g_signal_connect (page, "retry", G_CALLBACK (on_retry), &retries);
  gm_state_page_fail (page, error);
  button = ui_find (GTK_WIDGET (page), GTK_TYPE_BUTTON, "_Unlock…");
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==, "app.unlock");
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (retries, ==, 0);
  drop (window, page);
}

static void
test_empty_says_what_to_do (void)
{
  GtkWidget *window;
  GmStatePage *page = make_page (&window);
  GtkWidget *button;

  g_object_set (page, "empty-title", "Nothing Yet", "empty-action-label", "_Discover", "state",
                GM_PAGE_EMPTY, NULL);
  ui_settle ();
  button = ui_find (GTK_WIDGET (page), GTK_TYPE_BUTTON, "_Discover");
  g_assert_false (gtk_widget_get_visible (button)); /* it would lead nowhere */
  g_object_set (page, "empty-action-name", "app.show::discover", NULL);
  g_assert_true (gtk_widget_get_visible (button));
  g_assert_nonnull (ui_find (GTK_WIDGET (page), GTK_TYPE_LABEL, "Nothing Yet"));
  drop (window, page);
}

static void
test_builder_gives_it_its_children (void)
{
  static const char xml[] =
      "<interface><object class='GmStatePage' id='page'><property name='state'>content</property>"
      "<child><object class='GtkLabel' id='content'/></child>"
      "<child type='waiting'><object class='GtkLabel' id='skeleton'/></child>"
      "</object></interface>";
  g_autoptr (GtkBuilder) builder = NULL;
  GObject *child = NULL;
  GObject *skeleton = NULL;

  g_type_ensure (GM_TYPE_STATE_PAGE);
  builder = gtk_builder_new_from_string (xml, -1);
  g_object_get (gtk_builder_get_object (builder, "page"), "child", &child, "skeleton", &skeleton,
                NULL);
  g_assert_true (child == gtk_builder_get_object (builder, "content"));
  g_assert_true (skeleton == gtk_builder_get_object (builder, "skeleton"));
  g_object_unref (child);
  g_object_unref (skeleton);
}

int
main (int argc, char **argv)
{
  ui_scene_init (&argc, &argv);
  g_test_add_func ("/state-page/waiting-is-shown-late", test_waiting_is_shown_late);
  g_test_add_func ("/state-page/content-stays-during-a-short-wait",
                   test_content_stays_during_a_short_wait);
  g_test_add_func ("/state-page/same-state-notifies-once", test_same_state_notifies_once);
  g_test_add_func ("/state-page/failed-says-why-and-asks-again",
                   test_failed_says_why_and_asks_again);
  g_test_add_func ("/state-page/locked-offers-to-unlock", test_locked_offers_to_unlock);
  g_test_add_func ("/state-page/empty-says-what-to-do", test_empty_says_what_to_do);
  g_test_add_func ("/state-page/builder-gives-it-its-children", test_builder_gives_it_its_children);
  return g_test_run ();
}
