/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/common/fold-box.h"

#include <adwaita.h>

typedef struct
{
  GtkWidget *box, *start, *rest;
} Fixture;

static GtkWidget *
block_new (int width, int height)
{
  GtkWidget *block = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_size_request (block, width, height);
  return block;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->box = g_object_ref_sink (gm_fold_box_new ());
  self->start = block_new (100, 80);
  self->rest = block_new (150, 200);
  gm_fold_box_append (GM_FOLD_BOX (self->box), self->start);
  gm_fold_box_append (GM_FOLD_BOX (self->box), self->rest);
  g_object_set (self->box, "fold-width", 400, "spacing", 10, NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->box);
}

static void
allocate (Fixture *self, int width)
{
  int height;

  gtk_widget_measure (self->box, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  gtk_widget_allocate (self->box, width, height, -1, NULL);
}

static void
assert_at (GtkWidget *child, int x, int y, int width, int height)
{
  graphene_rect_t at;

  g_assert_true (gtk_widget_compute_bounds (child, gtk_widget_get_parent (child), &at));
  g_assert_cmpfloat (at.origin.x, ==, (float) x);
  g_assert_cmpfloat (at.origin.y, ==, (float) y);
  g_assert_cmpfloat (at.size.width, ==, (float) width);
  g_assert_cmpfloat (at.size.height, ==, (float) height);
}

static void
test_wide (Fixture *self, gconstpointer data)
{
  allocate (self, 500);
  g_assert_false (gm_fold_box_is_folded (GM_FOLD_BOX (self->box)));
  assert_at (self->start, 0, 0, 100, 200);
  assert_at (self->rest, 110, 0, 390, 200);
  gtk_widget_set_direction (self->box, GTK_TEXT_DIR_RTL);
  allocate (self, 500);
  assert_at (self->start, 400, 0, 100, 200);
  assert_at (self->rest, 0, 0, 390, 200);
  g_object_set (self->box, "start-width", 200, NULL);
  allocate (self, 500);
  assert_at (self->start, 300, 0, 200, 200);
}

static void
test_narrow (Fixture *self, gconstpointer data)
{
  int least;

  allocate (self, 300);
  g_assert_true (gm_fold_box_is_folded (GM_FOLD_BOX (self->box)));
  assert_at (self->start, 0, 0, 300, 80);
  assert_at (self->rest, 0, 90, 300, 200);
  g_object_set (self->box, "folded-start-width", 120, NULL);
  allocate (self, 300);
  assert_at (self->start, 90, 0, 120, 80);
  gtk_widget_measure (self->box, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, ==, 150); /* of the wider one, not of both */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/fold-box/side-by-side-where-there-is-room", Fixture, NULL, set_up, test_wide,
              tear_down);
  g_test_add ("/fold-box/above-each-other-where-not", Fixture, NULL, set_up, test_narrow,
              tear_down);
  return g_test_run ();
}
