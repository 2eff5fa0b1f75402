/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/server-cli.h"

int
main (int argc, char **argv)
{
  return gm_server_cli_run (argc, argv);
}
