/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/add-account.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "ui/buyer/dialog-step.h"
#include "ui/common/compat.h"
#include "ui/common/error-words.h"

#define WIDTH  440
#define HEIGHT 480

typedef enum
{
  WAY_DERIVE,
  WAY_KEY,
  WAY_FILE,
  WAY_WATCH,
  N_WAYS,
} Way;

struct _GmAddAccount
{
  GtkWidget parent;
  GmWalletAccounts *accounts;
  Way way;
  gboolean busy;
  char *path; /* (nullable) of the file */
  GtkStack *stack;
  GtkListBox *ways;
  GmDialogStep *form;
  GtkEditable *name;
  GtkEditable *key;
  AdwActionRow *file;
  GtkEditable *password;
  GtkEditable *address;
};

G_DEFINE_FINAL_TYPE (GmAddAccount, gm_add_account, GTK_TYPE_WIDGET)

static const struct
{
  const char *title, *text;
} words[N_WAYS] = {
  [WAY_DERIVE] = {
      N_ ("Another Account"),
          N_ ("Your recovery words bring it back, like the first. Others cannot see that "
                       "the two are yours.") },
      [WAY_KEY] = {
          N_ ("Import a Private Key"),
              N_ ("Your recovery words do not bring this account back: keep the key as well.") },
          [WAY_FILE] = {
              N_ ("Import a Keystore File"),
                  N_ ("The file of another wallet, and the password that opens it there. Your "
                     "recovery words do not bring this account back: keep the file as well.") },
              [WAY_WATCH] = { N_ ("Watch an Address"),
                  N_ ("You see what it has. Without its key nothing can be signed or spent.") },
              };

static gboolean
has_text (GtkEditable *editable)
{
  return *gtk_editable_get_text (editable) != '\0';
}

static gboolean
is_complete (GmAddAccount *self)
{
  switch (self->way)
    {
    case WAY_KEY: return has_text (self->key);
    case WAY_FILE: return self->path != NULL && has_text (self->password);
    case WAY_WATCH: return has_text (self->address);
    case WAY_DERIVE:
    case N_WAYS:
    default: return TRUE;
    }
}

static void
update (GmAddAccount *self)
{
  gm_dialog_step_set_sensitive (self->form, !self->busy && is_complete (self));
}

/* What is asked first, this way. */
static GtkWidget *
first_field (GmAddAccount *self)
{
  switch (self->way)
    {
    case WAY_KEY: return GTK_WIDGET (self->key);
    case WAY_FILE: return GTK_WIDGET (self->path == NULL ? (gpointer) self->file : self->password);
    case WAY_WATCH: return GTK_WIDGET (self->address);
    case WAY_DERIVE:
    case N_WAYS:
    default: return GTK_WIDGET (self->name);
    }
}

static void
on_way (GmAddAccount *self, GtkListBoxRow *row)
{
  self->way = (Way) gtk_list_box_row_get_index (row);
  g_object_set (self->form, "title",
                _ (words[self->way].title), "text", _ (words[self->way].text), NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->key), self->way == WAY_KEY);
  gtk_widget_set_visible (GTK_WIDGET (self->file), self->way == WAY_FILE);
  gtk_widget_set_visible (GTK_WIDGET (self->password), self->way == WAY_FILE);
  gtk_widget_set_visible (GTK_WIDGET (self->address), self->way == WAY_WATCH);
  gm_dialog_step_say (self->form, NULL);
  update (self);
  gtk_stack_set_visible_child_name (self->stack, "form");
  gtk_widget_grab_focus (first_field (self));
}

static void
on_back (GmAddAccount *self)
{
  gtk_editable_set_text (self->key, "");
  gtk_editable_set_text (self->password, "");
  gtk_stack_set_visible_child_name (self->stack, "ways");
}

void
gm_add_account_set_file (GmAddAccount *self, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  g_free (self->path);
  self->path = g_file_get_path (file);
  gm_dialog_step_say (self->form,
                      self->path == NULL ? _ ("Choose a file of this computer.") : NULL);
  adw_action_row_set_subtitle (self->file, name);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

/* Holds the dialog while the other one asks. */
static void
on_files (GListModel *files, gpointer data)
{
  g_autoptr (GmAddAccount) self = data;
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;

  if (file != NULL && self->accounts != NULL)
    gm_add_account_set_file (self, file);
}

static void
on_choose (GmAddAccount *self)
{
  gm_compat_open_files (GTK_WIDGET (self), _ ("Keystore File"), NULL, FALSE, on_files,
                                              g_object_ref (self));
}

static void
added (gpointer owner, gpointer result, const GError *error)
{
  GmAddAccount *self = owner;
  g_autofree char *sentence = error != NULL ? gm_error_words_short (error) : NULL;

  self->busy = FALSE;
  update (self);
  gm_dialog_step_say (self->form, sentence);
  if (result != NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "app.toast", "s", _ ("The account was added"));
      gm_compat_dialog_close (GTK_WIDGET (self));
      return;
    }
  gtk_widget_grab_focus (first_field (self));
  gtk_editable_set_position (self->key, -1); /* what is selected is the primary selection */
  if (gm_error_is (error, GM_ERROR_LOCKED))  /* by itself, meanwhile */
    gtk_widget_activate_action (GTK_WIDGET (self), "app.unlock", NULL);
}

static void
add (GmAddAccount *self)
{
  GtkEditable *typed = self->way == WAY_KEY ? self->key : self->password;
  g_autoptr (GmSecret) secret = gm_secret_new_text (gtk_editable_get_text (typed));
  const char *name = gtk_editable_get_text (self->name);
  GObject *owner = G_OBJECT (self);

  switch (self->way)
    {
    case WAY_KEY: gm_wallet_accounts_import_key (self->accounts, secret, name, owner, added); break;
    case WAY_FILE:
      gm_wallet_accounts_import_file (self->accounts, self->path, secret, name, owner, added);
      break;
    case WAY_WATCH:
      gm_wallet_accounts_watch (self->accounts, gtk_editable_get_text (self->address), name, owner,
                                added);
      break;
    case WAY_DERIVE:
    case N_WAYS:
    default: gm_wallet_accounts_derive (self->accounts, name, owner, added); break;
    }
}

static void
on_add (GmAddAccount *self)
{
  if (self->busy || !is_complete (self))
    return;
  self->busy = TRUE;
  update (self);
  gm_dialog_step_say (self->form, NULL);
  add (self);
}

static gboolean
grab_focus (GtkWidget *widget)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GM_ADD_ACCOUNT (widget)->ways, 0);

  return gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
dispose (GObject *object)
{
  GmAddAccount *self = GM_ADD_ACCOUNT (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), GM_TYPE_ADD_ACCOUNT);
  g_clear_object (&self->accounts);
  g_clear_pointer (&self->path, g_free);
  G_OBJECT_CLASS (gm_add_account_parent_class)->dispose (object);
}

static void
gm_add_account_class_init (GmAddAccountClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget->grab_focus = grab_focus;
  g_type_ensure (GM_TYPE_DIALOG_STEP);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/add-account.ui");
  gtk_widget_class_bind_template_child (widget, GmAddAccount, stack);
  gtk_widget_class_bind_template_child (widget, GmAddAccount, ways);
  gtk_widget_class_bind_template_child (widget, GmAddAccount, form);
  gtk_widget_class_bind_template_child (widget, GmAddAccount, name);
  gtk_widget_class_bind_template_child (widget, GmAddAccount, key);
  gtk_widget_class_bind_template_child (widget, GmAddAccount, file);
  gtk_widget_class_bind_template_child (widget, GmAddAccount, password);
  gtk_widget_class_bind_template_child (widget, GmAddAccount, address);
  gtk_widget_class_bind_template_callback (widget, on_way);
  gtk_widget_class_bind_template_callback (widget, on_back);
  gtk_widget_class_bind_template_callback (widget, on_choose);
  gtk_widget_class_bind_template_callback (widget, on_add);
  gtk_widget_class_bind_template_callback (widget, update);
}

static void
gm_add_account_init (GmAddAccount *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gm_add_account_new (GmWalletAccounts *accounts)
{
  GmAddAccount *self = g_object_new (GM_TYPE_ADD_ACCOUNT, NULL);

  self->accounts = g_object_ref (accounts);
  return GTK_WIDGET (self);
}

GtkWidget *
gm_add_account_dialog_new (GmWalletAccounts *accounts)
{
  return gm_compat_dialog_new (gm_add_account_new (accounts), _ ("Account"), WIDTH, HEIGHT);
}
