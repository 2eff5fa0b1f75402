/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/send-form.h"

#include <glib/gi18n-lib.h>

#include "app/send-job.h"
#include "app/wallet-accounts.h"
#include "ui/buyer/dialog-step.h"
#include "ui/common/compat.h"
#include "ui/common/error-words.h"

#define WIDTH  460
#define HEIGHT 600

struct _GmSendForm
{
  GtkWidget parent;
  GmSession *session;
  GmSendJob *job;
  GListModel *accounts; /* the wallet's own, of GmWalletAccount */
  gboolean updating;    /* what changes now was not typed */
  GmDialogStep *step;
  GtkWidget *fields;
  AdwComboRow *network;
  AdwComboRow *token;
  GtkEditable *to;
  GtkMenuButton *own;
  GtkLabel *to_error;
  GtkLabel *warning;
  GtkEditable *amount;
  GtkToggleButton *all;
  GtkLabel *amount_error;
  GtkWidget *look;
  AdwActionRow *from;
  AdwActionRow *address;
  AdwActionRow *where;
  AdwActionRow *fee;
  GtkLabel *last_warning;
  GtkCheckButton *understood;
};

G_DEFINE_FINAL_TYPE (GmSendForm, gm_send_form, GTK_TYPE_WIDGET)

static GListModel *
get_networks (GmSendForm *self)
{
  return gm_wallet_money_get_networks (
      gm_activity_get_money (gm_session_get_activity (self->session)));
}

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
show_typed (GtkEditable *entry, const char *text)
{
  if (!g_str_equal (gtk_editable_get_text (entry), text))
    gtk_editable_set_text (entry, text);
}

static void
show_danger (GtkLabel *label, gboolean danger)
{
  gtk_widget_remove_css_class (GTK_WIDGET (label), danger ? "dim-label" : "error");
  gtk_widget_add_css_class (GTK_WIDGET (label), danger ? "error" : "dim-label");
}

static void
list_tokens (GmSendForm *self)
{
  g_auto (GStrv) codes = gm_send_job_list_tokens (self->job);
  g_autoptr (GtkStringList) list = gtk_string_list_new ((const char *const *) codes);

  adw_combo_row_set_model (self->token, G_LIST_MODEL (list));
}

/* The account that sends; FALSE when no network is there. */
static gboolean
get_from (GmSendForm *self, GmAddress *from)
{
  return gm_wallet_money_dup_account (
      gm_activity_get_money (gm_session_get_activity (self->session)), from);
}

/* An underscore in a name is none of a mnemonic. */
static void
add_own (GMenu *menu, GmWalletAccount *account)
{
  g_autofree char *label = gm_wallet_account_dup_label (account);
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);
  g_autofree char *escaped = g_strjoinv ("__", parts);
  g_autoptr (GMenuItem) item = g_menu_item_new (escaped, NULL);

  g_menu_item_set_action_and_target (item, "send.to-own", "s",
                                     gm_wallet_account_get_text (account));
  g_menu_append_item (menu, item);
}

static void
list_own (GmSendForm *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  const guint n = g_list_model_get_n_items (self->accounts);
  GmAddress from = { 0 };

  get_from (self, &from);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GmWalletAccount) account = g_list_model_get_item (self->accounts, i);

      if (!gm_address_equal (gm_wallet_account_get_address (account), &from))
        add_own (menu, account);
    }
  gtk_menu_button_set_menu_model (self->own, G_MENU_MODEL (menu));
  gtk_widget_set_visible (GTK_WIDGET (self->own),
                          g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0);
}

static void
on_own (GtkWidget *widget, const char *action, GVariant *address)
{
  GmSendForm *self = GM_SEND_FORM (widget);

  gtk_editable_set_text (self->to, g_variant_get_string (address, NULL));
  gtk_widget_grab_focus (GTK_WIDGET (self->amount));
}

/* Said when there is a choice. */
static void
show_from (GmSendForm *self)
{
  const guint n = g_list_model_get_n_items (self->accounts);
  GmAddress from = { 0 };

  get_from (self, &from);
  gtk_widget_set_visible (GTK_WIDGET (self->from), n > 1);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GmWalletAccount) account = g_list_model_get_item (self->accounts, i);
      g_autofree char *label = gm_wallet_account_dup_label (account);

      if (gm_address_equal (gm_wallet_account_get_address (account), &from))
        adw_action_row_set_subtitle (self->from, label);
    }
}

static void
show_fields (GmSendForm *self, const GmSendView *view)
{
  self->updating = TRUE;
  if (adw_combo_row_get_selected (self->network) != view->network)
    {
      adw_combo_row_set_selected (self->network, view->network);
      list_tokens (self);
    }
  adw_combo_row_set_selected (self->token, view->token);
  show_typed (self->to, view->to);
  show_typed (self->amount, view->amount);
  gtk_toggle_button_set_active (self->all, view->all);
  self->updating = FALSE;
  show_text (self->to_error, view->to_error);
  show_text (self->warning, view->warning);
  show_danger (self->warning, view->danger);
  show_text (self->amount_error, view->amount_error);
}

static void
show_look (GmSendForm *self, const GmSendView *view)
{
  g_autofree char *groups = gm_transfer_group_address (view->to);
  g_autoptr (GmNetworkMoney) money = g_list_model_get_item (get_networks (self), view->network);
  const char *name = money != NULL ? gm_network_money_get_name (money) : "";
  g_autofree char *where = money != NULL && gm_network_money_is_test (money)
      ? g_strdup_printf (_ ("%s, test money"), name)
      : g_strdup (name);

  show_from (self);
  adw_action_row_set_subtitle (self->address, groups);
  adw_action_row_set_subtitle (self->where, where);
  adw_action_row_set_subtitle (self->fee, view->fee != NULL ? view->fee : "");
  show_text (self->last_warning, view->warning);
  show_danger (self->last_warning, view->danger);
  gtk_widget_set_visible (GTK_WIDGET (self->understood), view->danger);
}

static gboolean
may_go_on (GmSendForm *self, const GmSendView *view)
{
  if (view->phase == GM_SEND_EDITING)
    return gm_send_job_may_ask (self->job);
  return view->phase == GM_SEND_READY &&
         (!view->danger || gtk_check_button_get_active (self->understood));
}

static void
show_step (GmSendForm *self, const GmSendView *view)
{
  const gboolean looking = view->phase >= GM_SEND_READY;
  g_autofree char *sentence = gm_send_job_dup_sentence (self->job);
  g_autofree char *words = NULL;
  const char *forward = looking ? _ ("Send") : _ ("Continue");

  if (view->phase == GM_SEND_ASKING)
    forward = _ ("Asking the Fee…");
  else if (view->phase == GM_SEND_SENDING)
    forward = _ ("Sending…");
  gtk_widget_set_visible (self->fields, !looking);
  gtk_widget_set_visible (self->look, looking);
  g_object_set (self->step, "title",
                looking ? sentence
                        : _ ("Send Money"), "back", view->phase == GM_SEND_READY, "forward-label",
                             forward, "forward-tooltip",
                             looking ? _ ("Sign it and send it") : _ ("Ask what it costs"), NULL);
  gm_dialog_step_set_sensitive (self->step, may_go_on (self, view));
  words = view->error != NULL ? gm_error_words_short (view->error) : NULL;
  gm_dialog_step_say (self->step, words); /* the chain's own reason */
}

static void
update (GmSendForm *self)
{
  const GmSendView *view = gm_send_job_get_view (self->job);

  if (view->phase == GM_SEND_SENT)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "app.toast", "s", _ ("It is on its way"));
      gm_compat_dialog_close (GTK_WIDGET (self));
      return;
    }
  show_fields (self, view);
  show_look (self, view);
  show_step (self, view);
}

static void
on_forward (GmSendForm *self)
{
  const GmSendView *view = gm_send_job_get_view (self->job);

  if (!may_go_on (self, view))
    return;
  if (view->phase == GM_SEND_EDITING)
    gm_send_job_ask (self->job);
  else if (gm_account_is_locked (gm_session_get_account (self->session)))
    gtk_widget_activate_action (GTK_WIDGET (self), "app.unlock", NULL);
  else
    gm_send_job_send (self->job);
}

static void
on_back (GmSendForm *self)
{
  gtk_check_button_set_active (self->understood, FALSE);
  gm_send_job_edit (self->job);
}

static void
on_network (GmSendForm *self)
{
  if (self->updating || self->job == NULL)
    return;
  gm_send_job_set_network (self->job, adw_combo_row_get_selected (self->network));
  self->updating = TRUE;
  list_tokens (self);
  self->updating = FALSE;
  update (self);
}

static void
on_token (GmSendForm *self)
{
  if (!self->updating && self->job != NULL)
    gm_send_job_set_token (self->job, adw_combo_row_get_selected (self->token));
}

static void
on_to (GmSendForm *self)
{
  if (!self->updating)
    gm_send_job_set_to (self->job, gtk_editable_get_text (self->to));
}

static void
on_amount (GmSendForm *self)
{
  if (!self->updating)
    gm_send_job_set_amount (self->job, gtk_editable_get_text (self->amount));
}

static void
on_all (GmSendForm *self)
{
  if (!self->updating)
    gm_send_job_set_all (self->job, gtk_toggle_button_get_active (self->all));
}

static void
list_networks (GmSendForm *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GListModel *networks = get_networks (self);
  const guint n = g_list_model_get_n_items (networks);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GmNetworkMoney) money = g_list_model_get_item (networks, i);

      gtk_string_list_append (names, gm_network_money_get_name (money));
    }
  adw_combo_row_set_model (self->network, G_LIST_MODEL (names));
}

/* After the job, which has found its own again. */
static void
on_networks (GmSendForm *self)
{
  self->updating = TRUE;
  list_networks (self);
  list_tokens (self);
  self->updating = FALSE;
  list_own (self);
  update (self);
}

static void
dispose (GObject *object)
{
  GmSendForm *self = GM_SEND_FORM (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), GM_TYPE_SEND_FORM);
  g_clear_object (&self->job);
  g_clear_object (&self->accounts);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (gm_send_form_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, GmSendForm, step);
  gtk_widget_class_bind_template_child (widget, GmSendForm, fields);
  gtk_widget_class_bind_template_child (widget, GmSendForm, network);
  gtk_widget_class_bind_template_child (widget, GmSendForm, token);
  gtk_widget_class_bind_template_child (widget, GmSendForm, to);
  gtk_widget_class_bind_template_child (widget, GmSendForm, own);
  gtk_widget_class_bind_template_child (widget, GmSendForm, to_error);
  gtk_widget_class_bind_template_child (widget, GmSendForm, warning);
  gtk_widget_class_bind_template_child (widget, GmSendForm, amount);
  gtk_widget_class_bind_template_child (widget, GmSendForm, all);
  gtk_widget_class_bind_template_child (widget, GmSendForm, amount_error);
  gtk_widget_class_bind_template_child (widget, GmSendForm, look);
  gtk_widget_class_bind_template_child (widget, GmSendForm, from);
  gtk_widget_class_bind_template_child (widget, GmSendForm, address);
  gtk_widget_class_bind_template_child (widget, GmSendForm, where);
  gtk_widget_class_bind_template_child (widget, GmSendForm, fee);
  gtk_widget_class_bind_template_child (widget, GmSendForm, last_warning);
  gtk_widget_class_bind_template_child (widget, GmSendForm, understood);
}

static void
gm_send_form_class_init (GmSendFormClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  g_type_ensure (GM_TYPE_DIALOG_STEP);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/send-form.ui");
  bind_children (widget);
  gtk_widget_class_install_action (widget, "send.to-own", "s", on_own);
  gtk_widget_class_bind_template_callback (widget, update);
  gtk_widget_class_bind_template_callback (widget, on_forward);
  gtk_widget_class_bind_template_callback (widget, on_back);
  gtk_widget_class_bind_template_callback (widget, on_network);
  gtk_widget_class_bind_template_callback (widget, on_token);
  gtk_widget_class_bind_template_callback (widget, on_to);
  gtk_widget_class_bind_template_callback (widget, on_amount);
  gtk_widget_class_bind_template_callback (widget, on_all);
}

static void
gm_send_form_init (GmSendForm *self)
{
  self->updating = TRUE; /* until there is a job */
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gm_send_form_new (GmSession *session)
{
  GmSendForm *self = g_object_new (GM_TYPE_SEND_FORM, NULL);

  self->accounts = G_LIST_MODEL (gm_wallet_accounts_new (gm_session_get_account (session)));
  self->session = g_object_ref (session);
  self->job = gm_send_job_new (gm_session_get_activity (session));
  gm_send_job_set_own (self->job, self->accounts);
  list_networks (self);
  list_tokens (self);
  list_own (self);
  self->updating = FALSE;
  g_signal_connect_object (self->accounts, "items-changed", G_CALLBACK (list_own), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_networks (self), "items-changed", G_CALLBACK (on_networks), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->job, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

GtkWidget *
gm_send_dialog_new (GmSession *session)
{
  return gm_compat_dialog_new (gm_send_form_new (session), _ ("Send"), WIDTH, HEIGHT);
}
