/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/common/store-gate.h"

#include "ui/common/state-page.h"
#include "ui/common/store-page.h"

struct _GmStoreGate
{
  GtkWidget parent;
  GmSession *session;
  GmStatePage *states;
  GtkStack *stack; /* the content of states: store page, page */
  GtkWidget *store;
  GtkWidget *page;
};

G_DEFINE_FINAL_TYPE (GmStoreGate, gm_store_gate, GTK_TYPE_WIDGET)

static GtkWidget *
ensure_store_page (GmStoreGate *self)
{
  if (self->store == NULL)
    {
      self->store = gm_store_page_new (self->session);
      gtk_stack_add_child (self->stack, self->store);
    }
  return self->store;
}

static void
show_session (GmStoreGate *self)
{
  g_autoptr (GError) error = NULL;
  GmSessionState state;

  g_object_get (self->session, "state", &state, "error", &error, NULL);
  switch (state)
    {
    case GM_SESSION_OPENING: gm_state_page_set_state (self->states, GM_PAGE_WAITING); break;
    case GM_SESSION_FAILED: gm_state_page_fail (self->states, error); break;
    case GM_SESSION_NO_STORE:
      gtk_stack_set_visible_child (self->stack, ensure_store_page (self));
      gm_state_page_set_state (self->states, GM_PAGE_CONTENT);
      break;
    default:
      gtk_stack_set_visible_child (self->stack, self->page);
      gm_state_page_set_state (self->states, GM_PAGE_CONTENT);
      break;
    }
}

GtkWidget *
gm_store_gate_get_page (GmStoreGate *self)
{
  g_return_val_if_fail (GM_IS_STORE_GATE (self), NULL);
  return gtk_stack_get_visible_child (self->stack) == self->page ? self->page : NULL;
}

static void
dispose (GObject *object)
{
  GmStoreGate *self = GM_STORE_GATE (object);

  g_clear_pointer ((GtkWidget **) &self->states, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (gm_store_gate_parent_class)->dispose (object);
}

static void
gm_store_gate_class_init (GmStoreGateClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gm_store_gate_init (GmStoreGate *self)
{
  self->states = GM_STATE_PAGE (gm_state_page_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  gm_state_page_set_child (self->states, GTK_WIDGET (self->stack));
  gtk_widget_set_parent (GTK_WIDGET (self->states), GTK_WIDGET (self));
}

GtkWidget *
gm_store_gate_new (GmSession *session, GtkWidget *page)
{
  GmStoreGate *self = g_object_new (GM_TYPE_STORE_GATE, NULL);

  self->session = g_object_ref (session);
  self->page = page;
  gtk_stack_add_child (self->stack, page);
  g_signal_connect_object (self->states, "retry", G_CALLBACK (gm_session_open), session,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (show_session), self,
                           G_CONNECT_SWAPPED);
  show_session (self);
  return GTK_WIDGET (self);
}
