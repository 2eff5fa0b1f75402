/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/export-account.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/wallet-export.h"
#include "base/error.h"
#include "ui/buyer/dialog-step.h"
#include "ui/buyer/new-password.h"
#include "ui/buyer/secret-view.h"
#include "ui/common/compat.h"
#include "ui/common/error-words.h"

#define WIDTH  460
#define HEIGHT 560

struct _GmExportAccount
{
  GtkWidget parent;
  GmAccount *wallet;
  GmWalletAccount *account; /* (nullable) */
  GmExportKind kind;
  gboolean busy;
  GtkStack *stack;
  GmDialogStep *ask;
  GtkEditable *password;
  GmNewPassword *file_password;
  GmDialogStep *shown;
  GmSecretView *secret;
};

G_DEFINE_FINAL_TYPE (GmExportAccount, gm_export_account, GTK_TYPE_WIDGET)

static const struct
{
  const char *title, *text, *forward, *tooltip;
} words[] = {
  [GM_EXPORT_KEY] = { N_ ("Private Key"),
      N_ ("Whoever has this key has the account and everything in it, for good. "
                          "No store, website or support ever needs it."),
          N_ ("Continue"), N_ ("Get the private key") },
          [GM_EXPORT_FILE] = { N_ ("Keystore File"),
              N_ ("Other wallets open this file with a password of its own. Whoever has "
                           "the file may try passwords as often as they like: choose a good one."),
                  N_ ("Save…"), N_ ("Choose where the file goes") },
                  [GM_EXPORT_WORDS] = {
                      N_ ("Recovery Words"),
                          N_ ("Whoever has these words has every account made of them, for good. "
                            "No store, website or support ever needs them."),
                              N_ ("Continue"), N_ ("Get the recovery words") },
                      };

static void
update (GmExportAccount *self)
{
  const gboolean complete = *gtk_editable_get_text (self->password) != '\0' &&
                            (self->kind != GM_EXPORT_FILE ||
                             gm_new_password_is_valid (self->file_password));

  gm_dialog_step_set_sensitive (self->ask, !self->busy && complete);
}

static void
set_busy (GmExportAccount *self, gboolean busy)
{
  self->busy = busy;
  update (self);
}

static void
complain (GmExportAccount *self, const GError *error)
{
  g_autofree char *sentence = gm_error_is (error, GM_ERROR_DENIED) && self->kind != GM_EXPORT_FILE
      ? g_strdup (_ ("This is not the password of the wallet."))
      : gm_error_words_short (error);

  gm_dialog_step_say (self->ask, sentence);
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

static guint
count_words (GmSecret *secret)
{
  const char *text = (const char *) gm_secret_open (secret);
  guint n = 1;

  for (gsize i = 0; i < gm_secret_length (secret); i++)
    n += text[i] == ' ';
  gm_secret_close (secret);
  return n;
}

static void
got_secret (gpointer owner, gpointer result, const GError *error)
{
  GmExportAccount *self = owner;

  set_busy (self, FALSE);
  if (result == NULL)
    {
      complain (self, error);
      return;
    }
  gtk_editable_set_text (self->password, "");
  gm_secret_view_set (self->secret, result,
                      self->kind == GM_EXPORT_WORDS ? count_words (result) : 0);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->shown));
  gtk_widget_grab_focus (GTK_WIDGET (self->secret));
}

static void
saved (gpointer owner, gpointer result, const GError *error)
{
  GmExportAccount *self = owner;

  set_busy (self, FALSE);
  if (result == NULL)
    {
      complain (self, error);
      return;
    }
  gtk_widget_activate_action (GTK_WIDGET (self), "app.toast", "s", _ ("The file was saved"));
  gm_compat_dialog_close (GTK_WIDGET (self));
}

void
gm_export_account_save (GmExportAccount *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (GmSecret) password = gm_secret_new_text (gtk_editable_get_text (self->password));
  g_autoptr (GmSecret) next = gm_new_password_dup (self->file_password);

  if (self->busy || next == NULL)
    return;
  if (path == NULL)
    {
      gm_dialog_step_say (self->ask, _ ("Choose a folder of this computer."));
      return;
    }
  set_busy (self, TRUE);
  gm_wallet_export_file (
      self->wallet, self->account,
      &(GmWalletExportFile){ .path = path, .password = password, .file_password = next },
      G_OBJECT (self), saved);
}

/* Holds the dialog while the other one asks. */
static void
on_files (GListModel *files, gpointer data)
{
  g_autoptr (GmExportAccount) self = data;
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;

  if (file != NULL && self->wallet != NULL)
    gm_export_account_save (self, file);
}

static void
ask_file (GmExportAccount *self)
{
  g_autofree char *name = g_strdup_printf ("%s.json", gm_wallet_account_get_text (self->account));

  gm_compat_ask_files (GTK_WIDGET (self),
                       &(GmCompatFiles){ .title = _ ("Keystore File"), .save_name = name,
                                                     .func = on_files,
                                                     .data = g_object_ref (self) });
}

static void
on_forward (GmExportAccount *self)
{
  g_autoptr (GmSecret) password = NULL;

  update (self);
  if (!gtk_widget_is_sensitive (gm_dialog_step_get_forward (self->ask)))
    return;
  gm_dialog_step_say (self->ask, NULL);
  if (self->kind == GM_EXPORT_FILE)
    {
      ask_file (self);
      return;
    }
  password = gm_secret_new_text (gtk_editable_get_text (self->password));
  set_busy (self, TRUE);
  if (self->kind == GM_EXPORT_WORDS)
    gm_wallet_export_words (self->wallet, password, G_OBJECT (self), got_secret);
  else
    gm_wallet_export_key (self->wallet, self->account, password, G_OBJECT (self), got_secret);
}

static void
on_done (GmExportAccount *self)
{
  gm_compat_dialog_close (GTK_WIDGET (self));
}

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (GM_EXPORT_ACCOUNT (widget)->password));
}

static void
dispose (GObject *object)
{
  GmExportAccount *self = GM_EXPORT_ACCOUNT (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), GM_TYPE_EXPORT_ACCOUNT);
  g_clear_object (&self->account);
  g_clear_object (&self->wallet);
  G_OBJECT_CLASS (gm_export_account_parent_class)->dispose (object);
}

static void
gm_export_account_class_init (GmExportAccountClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget->grab_focus = grab_focus;
  g_type_ensure (GM_TYPE_DIALOG_STEP);
  g_type_ensure (GM_TYPE_NEW_PASSWORD);
  g_type_ensure (GM_TYPE_SECRET_VIEW);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/export-account.ui");
  gtk_widget_class_bind_template_child (widget, GmExportAccount, stack);
  gtk_widget_class_bind_template_child (widget, GmExportAccount, ask);
  gtk_widget_class_bind_template_child (widget, GmExportAccount, password);
  gtk_widget_class_bind_template_child (widget, GmExportAccount, file_password);
  gtk_widget_class_bind_template_child (widget, GmExportAccount, shown);
  gtk_widget_class_bind_template_child (widget, GmExportAccount, secret);
  gtk_widget_class_bind_template_callback (widget, update);
  gtk_widget_class_bind_template_callback (widget, on_forward);
  gtk_widget_class_bind_template_callback (widget, on_done);
}

static void
gm_export_account_init (GmExportAccount *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gm_export_account_new (GmAccount *wallet, GmWalletAccount *account, GmExportKind kind)
{
  GmExportAccount *self = g_object_new (GM_TYPE_EXPORT_ACCOUNT, NULL);

  self->wallet = g_object_ref (wallet);
  g_set_object (&self->account, account);
  self->kind = kind;
  g_object_set (self->ask, "title",
                _ (words[kind].title), "text",
                   _ (words[kind].text), "forward-label",
                      _ (words[kind].forward), "forward-tooltip", _ (words[kind].tooltip), NULL);
  g_object_set (self->shown, "title",
                _ (words[kind].title), "text",
                   account != NULL ? gm_wallet_account_get_name (account) : NULL, NULL);
  if (kind == GM_EXPORT_FILE) /* needs the room */
    g_object_set (self->ask, "icon-name", NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->file_password), kind == GM_EXPORT_FILE);
  update (self);
  return GTK_WIDGET (self);
}

GtkWidget *
gm_export_account_dialog_new (GmAccount *wallet, GmWalletAccount *account, GmExportKind kind)
{
  return gm_compat_dialog_new (gm_export_account_new (wallet, account, kind), _ ("Export"), WIDTH,
                                                                                 HEIGHT);
}
