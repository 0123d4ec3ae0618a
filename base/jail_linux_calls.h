/* SPDX-License-Identifier: ISC */
/*
 * The system calls that a jailed program may make, by name; for jail_linux.c
 * alone, which has those with conditions.
 */
#ifndef JAIL_LINUX_CALLS_H
#define JAIL_LINUX_CALLS_H

#include <stddef.h>

/* Names, not numbers: a library or a machine that lacks one skips it. */
static const char *const calls_always[] = {
	/* memory; mmap and mprotect have conditions, below */
	"brk",
	"madvise",
	"mremap",
	"munmap",

	/* descriptors that are open */
	"close",
	"close_range",
	"dup",
	"dup2",
	"dup3",
	"fstat",
	"lseek",
	"pread64",
	"read",
	"readv",
	"write",
	"writev",
	"accept",
	"accept4",
	"getpeername",
	"getsockname",
	"getsockopt",
	"recvfrom",
	"recvmmsg",
	"recvmsg",
	"sendmmsg",
	"sendmsg",
	"sendto",
	"setsockopt",
	"shutdown",
	"socketpair",

	/* names of files: seen, but Landlock lets none be opened */
	"newfstatat",
	"stat",
	"lstat",
	"statx",

	/* waiting: libevent and libmilter */
	"epoll_create",
	"epoll_create1",
	"epoll_ctl",
	"epoll_pwait",
	"epoll_pwait2",
	"epoll_wait",
	"eventfd2",
	"pipe",
	"pipe2",
	"poll",
	"ppoll",
	"pselect6",
	"select",
	"timerfd_create",
	"timerfd_settime",

	/* threads; clone has a condition, below */
	"futex",
	"get_robust_list",
	"gettid",
	"rseq",
	"sched_getaffinity",
	"sched_yield",
	"set_robust_list",
	"set_tid_address",

	/* signals that come; those that go have conditions, below */
	"restart_syscall",
	"rt_sigaction",
	"rt_sigpending",
	"rt_sigprocmask",
	"rt_sigreturn",
	"rt_sigsuspend",
	"rt_sigtimedwait",
	"sigaltstack",

	/* time and chance */
	"clock_getres",
	"clock_gettime",
	"clock_nanosleep",
	"getrandom",
	"gettimeofday",
	"nanosleep",
	"time",

	/* who and where am I: all without a side effect */
	"getcpu",
	"getegid",
	"geteuid",
	"getgid",
	"getpgrp",
	"getpid",
	"getppid",
	"getresgid",
	"getresuid",
	"getrlimit",
	"getrusage",
	"getuid",
	"sysinfo",
	"times",
	"uname",

	/* the end */
	"exit",
	"exit_group",
	NULL,
};

/* A socket of our own; which families, below. */
static const char *const calls_inet[] = {
	"bind",
	"connect",
	NULL,
};

static const char *const calls_unix[] = {
	"connect",
	NULL,
};

/* Landlock says which files. */
static const char *const calls_files[] = {
	"access",
	"fadvise64",
	"faccessat",
	"faccessat2",
	"fchmod",
	"fdatasync",
	"flock",
	"fstatfs",
	"fsync",
	"ftruncate",
	"getdents64",
	"link",
	"linkat",
	"mkdir",
	"mkdirat",
	"open",
	"openat",
	"readlink",
	"readlinkat",
	"rename",
	"renameat",
	"renameat2",
	"statfs",
	"umask",
	"unlink",
	"unlinkat",
	NULL,
};

static const char *const calls_fork[] = {
	"clone",
	"kill",
	"wait4",
	"waitid",
	NULL,
};

#endif /* JAIL_LINUX_CALLS_H */
