/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>

#include "media/decode-child.h"

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  return gm_decode_child_run (argc, argv);
}
