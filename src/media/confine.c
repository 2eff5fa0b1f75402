/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define OUR_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_ARCH AUDIT_ARCH_AARCH64
#endif

#define FIRST_ARGUMENT                                                                             \
  offsetof (struct seccomp_data, args[0]) /* low half: both are little-endian */
#define X32_BIT 0x40000000u               /* the other table of system calls on x86-64 */

#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14) /* ABI 3, Linux 6.2 */
#endif

#define READ_FILE_ACCESS LANDLOCK_ACCESS_FS_READ_FILE
#define READ_ACCESS      (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITE_ACCESS                                                                               \
  (READ_ACCESS | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG |                     \
   LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_TRUNCATE)

/* Programs' own files; nothing here is secret. */
static const char *const system_paths[] = {
  "/usr",
  "/lib",
  "/lib64",
  "/app",
  "/etc/ld.so.cache",
  "/dev/urandom",
  "/proc/cpuinfo",
  "/proc/self",
  "/sys/devices/system/cpu",
  NULL,
};

static void
limit (int resource, guint64 value)
{
  struct rlimit rlimit = { .rlim_cur = value, .rlim_max = value };

  setrlimit (resource, &rlimit);
}

static void
set_limits (const GmConfineAsk *ask)
{
  limit (RLIMIT_CORE, 0);
  limit (RLIMIT_CPU, ask->cpu_seconds);
  limit (RLIMIT_FSIZE, ask->file_bytes);
#ifndef __SANITIZE_ADDRESS__ /* which reserves terabytes of addresses */
  limit (RLIMIT_AS, ask->memory_bytes);
#endif
}

static gboolean
leave_network (void)
{
  return unshare (CLONE_NEWNET) == 0 || unshare (CLONE_NEWUSER | CLONE_NEWNET) == 0;
}

static void
allow_path (int ruleset, const char *path, guint64 access)
{
  struct landlock_path_beneath_attr rule = { .allowed_access = access };
  struct stat info;

  rule.parent_fd = open (path, O_PATH | O_CLOEXEC);
  if (rule.parent_fd < 0)
    return;
  if (fstat (rule.parent_fd, &info) == 0)
    {
      if (!S_ISDIR (info.st_mode))
        rule.allowed_access &= READ_FILE_ACCESS;
      syscall (SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    }
  close (rule.parent_fd);
}

static gboolean
leave_files (const GmConfineAsk *ask)
{
  struct landlock_ruleset_attr handled = { .handled_access_fs = LANDLOCK_ACCESS_FS_MAKE_SYM * 2 -
                                                                1 };
  long version = syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  guint64 write_access = WRITE_ACCESS;
  gboolean held;
  int ruleset;

  if (version < 1)
    return FALSE;
  if (version >= 2)
    handled.handled_access_fs |= LANDLOCK_ACCESS_FS_REFER;
  if (version >= 3)
    handled.handled_access_fs |= LANDLOCK_ACCESS_FS_TRUNCATE;
  write_access &= handled.handled_access_fs;

  ruleset = (int) syscall (SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
  if (ruleset < 0)
    return FALSE;

  for (guint i = 0; system_paths[i] != NULL; i++)
    allow_path (ruleset, system_paths[i], READ_ACCESS);
  for (guint i = 0; ask->readable[i] != NULL; i++)
    allow_path (ruleset, ask->readable[i], READ_ACCESS);
  allow_path (ruleset, ask->writable, write_access);
  held = syscall (SYS_landlock_restrict_self, ruleset, 0) == 0;
  close (ruleset);
  return held;
}

#ifdef OUR_ARCH
static const guint denied[] = {
  SYS_socket,
  SYS_connect,
  SYS_bind,
  SYS_execve,
  SYS_execveat,
  SYS_ptrace,
  SYS_kill,
  SYS_tkill,
  SYS_rt_sigqueueinfo,
  SYS_rt_tgsigqueueinfo,
  SYS_mount,
  SYS_unshare,
  SYS_setns,
  SYS_process_vm_readv,
  SYS_add_key,
  SYS_keyctl,
  SYS_bpf,
  SYS_perf_event_open,
  SYS_userfaultfd,
  SYS_request_key,
  SYS_io_uring_setup,
  SYS_process_vm_writev,
  SYS_pidfd_getfd,
  SYS_pidfd_send_signal,
};

/* Architecture, the x32 table, one comparison per call that is refused; abort() signals itself. */
static gboolean
leave_calls (void)
{
  struct sock_filter filter[G_N_ELEMENTS (denied) + 10];
  struct sock_fprog program = { .filter = filter };
  const guint n = G_N_ELEMENTS (denied);
  guint at = 0;

  filter[at++] = (struct sock_filter) BPF_STMT (BPF_LD | BPF_W | BPF_ABS,
                                                offsetof (struct seccomp_data, arch));
  filter[at++] = (struct sock_filter) BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, OUR_ARCH, 1, 0);
  filter[at++] = (struct sock_filter) BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
  filter[at++] = (struct sock_filter) BPF_STMT (BPF_LD | BPF_W | BPF_ABS,
                                                offsetof (struct seccomp_data, nr));
  filter[at++] = (struct sock_filter) BPF_JUMP (BPF_JMP | BPF_JGE | BPF_K, X32_BIT, n + 4, 0);
  for (guint i = 0; i < n; i++)
    filter[at++] = (struct sock_filter) BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, denied[i], n - i + 3,
                                                  0);
  filter[at++] = (struct sock_filter) BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_tgkill, 0, 2);
  filter[at++] = (struct sock_filter) BPF_STMT (BPF_LD | BPF_W | BPF_ABS, FIRST_ARGUMENT);
  filter[at++] = (struct sock_filter) BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, (guint) getpid (), 0, 1);
  filter[at++] = (struct sock_filter) BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  filter[at++] = (struct sock_filter) BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES);
  program.len = (unsigned short) at;

  return prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}
#else
static gboolean
leave_calls (void)
{
  return FALSE;
}
#endif

GmConfineResult
gm_confine_self (const GmConfineAsk *ask)
{
  GmConfineResult held = GM_CONFINE_LIMITS;

  set_limits (ask);
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (leave_network ())
    held |= GM_CONFINE_NETWORK;
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return held;
  if (leave_files (ask))
    held |= GM_CONFINE_FILES;
  if (leave_calls ())
    held |= GM_CONFINE_CALLS;

  return held;
}

gboolean
gm_confine_is_enough (GmConfineResult held)
{
  return (held & GM_CONFINE_FILES) != 0 && (held & (GM_CONFINE_CALLS | GM_CONFINE_NETWORK)) != 0;
}
