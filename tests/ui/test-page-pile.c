/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-scene.h"
#include "ui/common/page-pile.h"

static GmPagePile *
make_pile (GtkWidget **window)
{
  GmPagePile *pile = GM_PAGE_PILE (gm_page_pile_new (gtk_label_new ("bottom")));

  gm_page_pile_set_bottom_title (pile, "Discover");
  *window = ui_show (GTK_WIDGET (pile));
  return pile;
}

static gboolean
is_gone (gpointer page)
{
  return *(gpointer *) page == NULL;
}

static void
test_back_leads_to_the_page_below (void)
{
  GtkWidget *window;
  GmPagePile *pile = make_pile (&window);
  GtkWidget *page = gtk_button_new_with_label ("asset");
  const guint *deep = ui_count (pile, "deep");
  g_autofree char *title = NULL;
  g_autofree char *below = NULL;

  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  gm_page_pile_push (pile, page, "Tide");
  g_assert_true (gm_page_pile_get_top (pile) == page);
  g_object_get (pile, "title", &title, NULL);
  g_assert_cmpstr (title, ==, "Tide");
  g_assert_cmpuint (*deep, ==, 1);

  g_assert_true (gm_page_pile_pop (pile));
  g_object_get (pile, "title", &below, NULL);
  g_assert_cmpstr (below, ==, "Discover");
  ui_wait (is_gone, &page); /* nobody keeps it */
  g_assert_false (gm_page_pile_pop (pile));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_a_long_way_does_not_grow (void)
{
  GtkWidget *window;
  GmPagePile *pile = make_pile (&window);
  guint ways_back = 0;

  for (guint i = 0; i < 100; i++)
    gm_page_pile_push (pile, gtk_label_new ("page"), "page");
  while (gm_page_pile_pop (pile))
    ways_back++;
  g_assert_cmpuint (ways_back, <, 20);
  g_object_ref (pile);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle ();
  g_assert_finalize_object (pile);
}

static void
test_clear_goes_to_the_bottom (void)
{
  GtkWidget *window;
  GmPagePile *pile = make_pile (&window);

  gm_page_pile_push (pile, gtk_label_new ("a"), "a");
  gm_page_pile_push (pile, gtk_label_new ("b"), "b");
  gm_page_pile_clear (pile);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (gm_page_pile_get_top (pile))), ==, "bottom");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  ui_scene_init (&argc, &argv);
  g_test_add_func ("/page-pile/back-leads-to-the-page-below", test_back_leads_to_the_page_below);
  g_test_add_func ("/page-pile/a-long-way-does-not-grow", test_a_long_way_does_not_grow);
  g_test_add_func ("/page-pile/clear-goes-to-the-bottom", test_clear_goes_to_the_bottom);
  return g_test_run ();
}
