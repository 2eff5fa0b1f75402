/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/buyer/buyer-actions.h"

#include "admin-scene.h"
#include "ui/buyer/wallet-page.h"

/* The wallet's page with what its buttons really do; what is said is kept. */
typedef struct
{
  AdminScene *scene;
  GSimpleActionGroup *actions;
  char *said; /* (nullable) */
} World;

static void
on_toast (GSimpleAction *action, GVariant *parameter, gpointer world)
{
  g_free (((World *) world)->said);
  ((World *) world)->said = g_variant_dup_string (parameter, NULL);
}

static World *
world_new (void)
{
  World *self = g_new0 (World, 1);
  const GActionEntry toast = { "toast", on_toast, "s" };
  GtkWidget *page;

  self->scene = admin_scene_new ();
  self->actions = g_simple_action_group_new ();
  page = gm_wallet_page_new (self->scene->customer->session);
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), &toast, 1, self);
  gm_buyer_actions_add (G_ACTION_MAP (self->actions), self->scene->customer->session, page);
  gtk_widget_insert_action_group (page, "app", G_ACTION_GROUP (self->actions));
  admin_scene_show (self->scene, page);
  return self;
}

static void
world_free (World *self)
{
  admin_scene_close (self->scene);
  g_object_unref (self->actions);
  admin_scene_free (self->scene);
  g_free (self->said);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static gboolean
get_flag (World *world, const char *name)
{
  gboolean value;

  g_object_get (world->scene->customer->session, name, &value, NULL);
  return value;
}

static gboolean
has_said (gpointer world)
{
  return ((World *) world)->said != NULL;
}

static gboolean
is_admin (gpointer world)
{
  return get_flag (world, "signed-in") && get_flag (world, "is-admin");
}

static void
press_sign_out (World *world)
{
  g_assert_true (is_admin (world));
  g_clear_pointer (&world->said, g_free);
  buyer_press (world->scene->page, "Sign Out");
  customer_wait (has_said, world);
  g_assert_false (get_flag (world, "signed-in"));
  g_assert_false (get_flag (world, "is-admin"));
}

static void
test_out_and_in (void)
{
  g_autoptr (World) world = world_new ();

  ui_assert_named (world->scene->page);
  press_sign_out (world);
  g_assert_cmpstr (world->said, ==, "You are signed out");
  g_assert_nonnull (buyer_find (world->scene->page, GTK_TYPE_LABEL, "Signed out"));
  buyer_press (world->scene->page, "Sign In");
  customer_wait (is_admin, world);
  g_assert_true (buyer_may_press (world->scene->page, "Sign Out"));

  market_stop (world->scene->market);
  press_sign_out (world);
  g_assert_true (g_str_has_prefix (world->said, "You are signed out here."));
}

int
main (int argc, char *argv[])
{
  ui_scene_init (&argc, &argv);
  g_test_add_func ("/buyer-actions/who-signs-out-is-out-even-without-the-store", test_out_and_in);
  return g_test_run ();
}
