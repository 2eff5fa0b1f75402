/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/create-wallet.h"

#include "ui/buyer/dialog-step.h"
#include "ui/buyer/new-password.h"
#include "ui/buyer/word-cards.h"
#include "ui/buyer/words-entry.h"
#include "ui/common/compat.h"

#define N_SHORT 12
#define N_LONG  24

struct _GmCreateWallet
{
  GtkWidget parent;
  GmAccount *account;
  GmWalletSetup *setup;
  GtkStack *stack;
  GtkFlowBox *words;
  GtkToggleButton *long_words;
  GmWordsEntry *check;
  GmWordsEntry *typed;
  GtkToggleButton *long_typed;
  GmNewPassword *password;
  GtkLabel *address;
};

G_DEFINE_FINAL_TYPE (GmCreateWallet, gm_create_wallet, GTK_TYPE_WIDGET)

static GmDialogStep *
shown_step (GmCreateWallet *self)
{
  return GM_DIALOG_STEP (gtk_stack_get_visible_child (self->stack));
}

static void
show_words (GmCreateWallet *self)
{
  char *word;

  gm_word_cards_clear (self->words);
  for (guint i = 0; (word = gm_wallet_setup_dup_word (self->setup, i)) != NULL; i++)
    gm_word_cards_add (self->words, word);
}

static void
ask_check (GmCreateWallet *self)
{
  guint places[GM_WALLET_SETUP_ASKED];

  for (guint i = 0; i < GM_WALLET_SETUP_ASKED; i++)
    places[i] = gm_wallet_setup_get_asked (self->setup, i);
  gm_words_entry_ask (self->check, places, GM_WALLET_SETUP_ASKED);
}

static void
ask_all (GmCreateWallet *self)
{
  const guint n = gtk_toggle_button_get_active (self->long_typed) ? N_LONG : N_SHORT;
  guint places[N_LONG];

  for (guint i = 0; i < n; i++)
    places[i] = i;
  gm_words_entry_ask (self->typed, places, n);
}

/* What is secret on a page goes when another one comes. */
static void
leave_pages (GmCreateWallet *self, GmWalletStep step)
{
  if (step != GM_WALLET_STEP_WORDS)
    gm_word_cards_clear (self->words);
  if (step != GM_WALLET_STEP_CHECK)
    gm_words_entry_clear (self->check);
  if (step != GM_WALLET_STEP_TYPED)
    gm_words_entry_clear (self->typed);
}

static void
enter_page (GmCreateWallet *self, GmWalletStep step)
{
  GtkWidget *focus = NULL;

  switch (step)
    {
    case GM_WALLET_STEP_WORDS: show_words (self); break;
    case GM_WALLET_STEP_CHECK:
      ask_check (self);
      focus = GTK_WIDGET (self->check);
      break;
    case GM_WALLET_STEP_TYPED:
      ask_all (self);
      focus = GTK_WIDGET (self->typed);
      break;
    case GM_WALLET_STEP_PASSWORD: focus = GTK_WIDGET (self->password); break;
    case GM_WALLET_STEP_CHOICE:
    case GM_WALLET_STEP_DONE:
    case GM_WALLET_STEP_MAKING:
    default: focus = gm_dialog_step_get_forward (shown_step (self)); break;
    }
  if (focus != NULL)
    gtk_widget_grab_focus (focus);
}

static void
on_step (GmCreateWallet *self)
{
  GmWalletStep step = gm_wallet_setup_get_step (self->setup);
  g_autoptr (GEnumClass) steps = g_type_class_ref (GM_TYPE_WALLET_STEP);

  leave_pages (self, step);
  gtk_stack_set_visible_child_name (self->stack, g_enum_get_value (steps, (gint) step)->value_nick);
  enter_page (self, step);
}

/* Of the step that is shown: what the last verb said. */
static void
on_error (GmCreateWallet *self)
{
  g_autoptr (GError) error = NULL;

  g_object_get (self->setup, "error", &error, NULL);
  gm_dialog_step_complain (shown_step (self), error);
}

static void
on_create (GmCreateWallet *self)
{
  gm_wallet_setup_start (self->setup,
                         gtk_toggle_button_get_active (self->long_words) ? N_LONG : N_SHORT);
}

static void
on_length (GmCreateWallet *self)
{
  if (gm_wallet_setup_get_step (self->setup) != GM_WALLET_STEP_WORDS)
    return;
  on_create (self);
  show_words (self);
}

static void
on_typed_length (GmCreateWallet *self)
{
  ask_all (self);
}

static void
on_type (GmCreateWallet *self)
{
  gm_wallet_setup_type (self->setup);
}

static void
on_written (GmCreateWallet *self)
{
  gm_wallet_setup_written (self->setup);
}

static void
on_check (GmCreateWallet *self)
{
  const char *typed[GM_WALLET_SETUP_ASKED];

  for (guint i = 0; i < GM_WALLET_SETUP_ASKED; i++)
    typed[i] = gm_words_entry_get (self->check, i);
  gm_wallet_setup_check (self->setup, typed);
}

static void
on_restore (GmCreateWallet *self)
{
  g_autoptr (GmSecret) typed = gm_words_entry_dup_all (self->typed);

  if (typed != NULL)
    gm_wallet_setup_restore (self->setup, typed);
}

static void
on_make (GmCreateWallet *self)
{
  g_autoptr (GmSecret) password = gm_new_password_take (self->password);

  if (password != NULL)
    gm_wallet_setup_create (self->setup, password);
}

static void
on_back (GmCreateWallet *self)
{
  gm_wallet_setup_back (self->setup);
}

static void
on_done (GmCreateWallet *self)
{
  gm_compat_dialog_close (GTK_WIDGET (self));
}

static void
dispose (GObject *object)
{
  GmCreateWallet *self = GM_CREATE_WALLET (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), GM_TYPE_CREATE_WALLET);
  g_clear_object (&self->setup);
  g_clear_object (&self->account);
  G_OBJECT_CLASS (gm_create_wallet_parent_class)->dispose (object);
}

static void
gm_create_wallet_class_init (GmCreateWalletClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  object->dispose = dispose;
  g_type_ensure (GM_TYPE_DIALOG_STEP);
  g_type_ensure (GM_TYPE_WORDS_ENTRY);
  g_type_ensure (GM_TYPE_NEW_PASSWORD);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/create-wallet.ui");
  gtk_widget_class_bind_template_child (widget, GmCreateWallet, stack);
  gtk_widget_class_bind_template_child (widget, GmCreateWallet, words);
  gtk_widget_class_bind_template_child (widget, GmCreateWallet, long_words);
  gtk_widget_class_bind_template_child (widget, GmCreateWallet, check);
  gtk_widget_class_bind_template_child (widget, GmCreateWallet, typed);
  gtk_widget_class_bind_template_child (widget, GmCreateWallet, long_typed);
  gtk_widget_class_bind_template_child (widget, GmCreateWallet, password);
  gtk_widget_class_bind_template_child (widget, GmCreateWallet, address);
  gtk_widget_class_bind_template_callback (widget, on_create);
  gtk_widget_class_bind_template_callback (widget, on_length);
  gtk_widget_class_bind_template_callback (widget, on_typed_length);
  gtk_widget_class_bind_template_callback (widget, on_type);
  gtk_widget_class_bind_template_callback (widget, on_written);
  gtk_widget_class_bind_template_callback (widget, on_check);
  gtk_widget_class_bind_template_callback (widget, on_restore);
  gtk_widget_class_bind_template_callback (widget, on_make);
  gtk_widget_class_bind_template_callback (widget, on_back);
  gtk_widget_class_bind_template_callback (widget, on_done);
}

static void
gm_create_wallet_init (GmCreateWallet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gm_create_wallet_new (GmAccount *account)
{
  GmCreateWallet *self = g_object_new (GM_TYPE_CREATE_WALLET, NULL);

  self->account = g_object_ref (account);
  self->setup = gm_wallet_setup_new (account);
  g_signal_connect_object (self->setup, "notify::step", G_CALLBACK (on_step), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->setup, "notify::error", G_CALLBACK (on_error), self,
                           G_CONNECT_SWAPPED);
  g_object_bind_property (account, "address", self->address, "label", G_BINDING_SYNC_CREATE);
  return GTK_WIDGET (self);
}

GmWalletSetup *
gm_create_wallet_get_setup (GmCreateWallet *self)
{
  return self->setup;
}
