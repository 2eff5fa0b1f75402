/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/common/page-pile.h"

#define MAX_DEPTH 16 /* pages; the oldest in between goes first */

enum
{
  PROP_TITLE = 1,
  PROP_DEEP,
  N_PROPS,
};

struct _GmPagePile
{
  GtkWidget parent;
  GtkStack *stack;
  GPtrArray *pages;   /* of GtkStackPage, borrowed, bottom first */
  GtkWidget *leaving; /* (nullable) still slides out */
};

G_DEFINE_FINAL_TYPE (GmPagePile, gm_page_pile, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static GtkStackPage *
top (GmPagePile *self)
{
  return self->pages->pdata[self->pages->len - 1];
}

static void
remove_leaving (GmPagePile *self)
{
  GtkWidget *page = g_steal_pointer (&self->leaving);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (page == NULL)
    return;
  if (focus != NULL && (focus == page || gtk_widget_is_ancestor (focus, page)))
    gtk_root_set_focus (root, NULL); /* GTK 4.8 would keep it alive */
  gtk_stack_remove (self->stack, page);
}

static void
on_transition (GmPagePile *self)
{
  if (!gtk_stack_get_transition_running (self->stack))
    remove_leaving (self);
}

static void
show_top (GmPagePile *self, GtkStackTransitionType transition)
{
  GtkWidget *page = gtk_stack_page_get_child (top (self));

  gtk_stack_set_transition_type (self->stack, transition);
  gtk_stack_set_visible_child (self->stack, page);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DEEP]);
}

void
gm_page_pile_set_bottom_title (GmPagePile *self, const char *title)
{
  g_return_if_fail (GM_IS_PAGE_PILE (self));

  gtk_stack_page_set_title (self->pages->pdata[0], title);
  if (self->pages->len == 1)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

void
gm_page_pile_push (GmPagePile *self, GtkWidget *page, const char *title)
{
  g_return_if_fail (GM_IS_PAGE_PILE (self));

  remove_leaving (self);
  if (self->pages->len == MAX_DEPTH)
    {
      GtkStackPage *oldest = self->pages->pdata[1];

      gtk_stack_remove (self->stack, gtk_stack_page_get_child (oldest));
      g_ptr_array_remove_index (self->pages, 1);
    }
  g_ptr_array_add (self->pages, gtk_stack_add_titled (self->stack, page, NULL, title));
  show_top (self, GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT);
  gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

gboolean
gm_page_pile_pop (GmPagePile *self)
{
  GtkWidget *page;

  g_return_val_if_fail (GM_IS_PAGE_PILE (self), FALSE);

  if (self->pages->len == 1)
    return FALSE;
  remove_leaving (self);
  page = gtk_stack_page_get_child (top (self));
  g_ptr_array_set_size (self->pages, (gint) self->pages->len - 1);
  self->leaving = page;
  show_top (self, GTK_STACK_TRANSITION_TYPE_SLIDE_RIGHT);
  on_transition (self); /* without animations it is over already */
  return TRUE;
}

void
gm_page_pile_clear (GmPagePile *self)
{
  g_return_if_fail (GM_IS_PAGE_PILE (self));

  while (self->pages->len > 1)
    gm_page_pile_pop (self);
}

GtkWidget *
gm_page_pile_get_top (GmPagePile *self)
{
  g_return_val_if_fail (GM_IS_PAGE_PILE (self), NULL);
  return gtk_stack_page_get_child (top (self));
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmPagePile *self = GM_PAGE_PILE (object);

  switch (id)
    {
    case PROP_TITLE: g_value_set_string (value, gtk_stack_page_get_title (top (self))); break;
    case PROP_DEEP: g_value_set_boolean (value, self->pages->len > 1); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
dispose (GObject *object)
{
  GmPagePile *self = GM_PAGE_PILE (object);

  self->leaving = NULL;
  g_clear_pointer ((GtkWidget **) &self->stack, gtk_widget_unparent);
  g_clear_pointer (&self->pages, g_ptr_array_unref);
  G_OBJECT_CLASS (gm_page_pile_parent_class)->dispose (object);
}

static void
gm_page_pile_class_init (GmPagePileClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object->get_property = get_property;
  object->dispose = dispose;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_DEEP] = g_param_spec_boolean ("deep", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gm_page_pile_init (GmPagePile *self)
{
  self->pages = g_ptr_array_new ();
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_transition_duration (self->stack, 200);
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
  g_signal_connect_object (self->stack, "notify::transition-running", G_CALLBACK (on_transition),
                           self, G_CONNECT_SWAPPED);
}

GtkWidget *
gm_page_pile_new (GtkWidget *bottom)
{
  GmPagePile *self = g_object_new (GM_TYPE_PAGE_PILE, NULL);

  g_ptr_array_add (self->pages, gtk_stack_add_child (self->stack, bottom));
  return GTK_WIDGET (self);
}
