/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/server-cli.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "base/error.h"
#include "base/log.h"
#include "base/secret.h"

#define PORT_UNSAID G_MININT

typedef struct
{
  const char *name;
  guint n_arguments;
  gboolean (*run) (GmServerCall *call, GError **error);
} Command;

static const Command commands[] = {
  { "serve", 0, gm_serve_command },     { "worker", 0, gm_worker_command },
  { "migrate", 0, gm_migrate_command }, { "import", 1, gm_import_command },
  { "grant", 2, gm_grant_command },     { "audit", 1, gm_audit_command },
  { "revoke", 1, gm_revoke_command },   { "demo", 0, gm_demo_command },
};

typedef struct
{
  char *data;
  char *address;
  char *origin;
  char *chain;
  gint port;
  gint schema;
  gint pieces;
  gboolean fast;
  char **rest;
} Options;

static gboolean
parse (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &options->data, N_ ("Folder of the store"), "DIR" },
      { "address", 0, 0, G_OPTION_ARG_STRING, &options->address, N_ ("Address to listen on"), "A" },
        { "port", 0, 0, G_OPTION_ARG_INT, &options->port, N_ ("Port to listen on"), "N" },
          { "origin", 0, 0, G_OPTION_ARG_STRING, &options->origin, N_ ("Public address"), "URL" },
            { "chain", 0, 0, G_OPTION_ARG_FILENAME, &options->chain,
              N_ ("Where the store's contracts are"), "FILE" },
              { "to", 0, 0, G_OPTION_ARG_INT, &options->schema, N_ ("Schema to migrate to"), "N" },
                { "pieces", 0, 0, G_OPTION_ARG_INT, &options->pieces,
                  N_ ("Pieces of demo music"), "N" },
                  { "fast", 0, 0, G_OPTION_ARG_NONE, &options->fast,
                    N_ ("Short demo music"), NULL },
                    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->rest, NULL,
                      "COMMAND" },
                    { 0 },
                };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, "serve | worker | migrate | import DIR | grant ROLE "
                                         "ADDRESS | revoke ORDER | audit verify | demo");
  return g_option_context_parse (context, argc, argv, error);
}

static void
clear_options (Options *options)
{
  g_free (options->data);
  g_free (options->address);
  g_free (options->origin);
  g_free (options->chain);
  g_strfreev (options->rest);
}

static void
replace (char **field, const char *text)
{
  if (text == NULL)
    return;
  g_free (*field);
  *field = g_strdup (text);
}

static gboolean
check_options (const Options *options, GError **error)
{
  if (options->port != PORT_UNSAID && (options->port < 0 || options->port > G_MAXUINT16))
    return gm_fail (error, GM_ERROR_BAD_DATA, "--port: %d is not a port", options->port);
  if (options->schema < 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "--to: %d is not a schema", options->schema);
  if (options->pieces < 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "--pieces: %d is not a number of pieces",
                    options->pieces);
  if (options->data != NULL && *options->data == '\0') /* it would be the folder one is in */
    return gm_fail (error, GM_ERROR_BAD_DATA, "--data: name a folder");
  return TRUE;
}

static GmServerConfig *
make_config (const Options *options, GError **error)
{
  g_autofree char *usual = g_build_filename (g_get_user_data_dir (), "gotmusic-store", NULL);
  g_autoptr (GmServerConfig) config = gm_server_config_new (options->data != NULL ? options->data
                                                                                  : usual);

  if (!gm_server_config_read_environment (config, error))
    return NULL;
  replace (&config->address, options->address);
  replace (&config->origin, options->origin);
  replace (&config->chain, options->chain);
  if (options->port != PORT_UNSAID)
    config->port = (guint16) options->port;
  return gm_server_config_check (config, error) ? g_steal_pointer (&config) : NULL;
}

static gboolean
run_command (const Options *options, GError **error)
{
  const char *name = options->rest != NULL ? options->rest[0] : NULL;
  GmServerCall call = { .schema = options->schema,
                        .pieces = options->pieces,
                        .fast = options->fast };
  const Command *command = NULL;
  gboolean ok;

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      command = &commands[i];
  if (command == NULL)
    return gm_fail (error, GM_ERROR_BAD_DATA, "say what to do; --help lists the commands");
  call.arguments = options->rest + 1;
  if (g_strv_length (call.arguments) != command->n_arguments)
    return gm_fail (error, GM_ERROR_BAD_DATA, "%s takes %u arguments", name, command->n_arguments);
  call.config = check_options (options, error) ? make_config (options, error) : NULL;
  if (call.config == NULL)
    return FALSE;
  ok = command->run (&call, error);
  g_clear_pointer (&call.config, gm_server_config_free);
  return ok;
}

int
gm_server_cli_run (int argc, char **argv)
{
  Options options = { .port = PORT_UNSAID };
  g_autoptr (GError) error = NULL;
  gboolean ok;

  setlocale (LC_ALL, "");
  gm_secret_harden_process ();
  gm_log_init ("gotmusic-server", g_getenv ("GM_DEBUG") != NULL ? GM_LOG_DEBUG : GM_LOG_INFO);
  ok = parse (&options, &argc, &argv, &error) && run_command (&options, &error);
  if (!ok)
    g_printerr ("gotmusic-server: %s\n", error->message);
  clear_options (&options);
  return ok ? 0 : 1;
}
